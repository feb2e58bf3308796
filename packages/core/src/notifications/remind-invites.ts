import { invites, organizations, users } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { WEB_LINKS } from '@gangway/schemas/links'
import { and, asc, eq, gt, isNull, lte, ne, type SQL } from 'drizzle-orm'
import type { RemindersContext } from '../context.ts'
import { hashInviteCode, newInviteCode } from '../organizations/index.ts'
import { inviteReminderMail } from './templates/invite.ts'

const BEFORE_EXPIRY_MS = 2 * 24 * 60 * 60 * 1000
const AT_ONCE = 100

/** Reminds those whose invitation ends within 2 days and was not used, once each. Answers how many. */
export async function remindInvites(ctx: RemindersContext): Promise<number> {
  const now = ctx.clock.now()
  const due = await ctx.db
    .select({ id: invites.id, email: invites.email, company: organizations.name, inviter: users.name })
    .from(invites)
    .innerJoin(organizations, eq(organizations.id, invites.orgId))
    .leftJoin(users, eq(users.id, invites.invitedBy))
    .where(
      and(isOpen(now), lte(invites.expiresAt, new Date(now.getTime() + BEFORE_EXPIRY_MS)), ne(organizations.status, 'abandoned')),
    )
    .orderBy(asc(invites.expiresAt))
    .limit(AT_ONCE)
  const reminded = await Promise.all(due.map((invite) => inTransaction(ctx.db, (tx) => remind(ctx, tx, invite))))
  return reminded.filter(Boolean).length
}

/** The first code is known to the invited person only, so that this mail brings one of its own. Both work. */
async function remind(
  ctx: RemindersContext,
  tx: Tx,
  invite: { id: string; email: string; company: string; inviter: string | null },
) {
  const [code, now] = [newInviteCode(ctx.ids), ctx.clock.now()]
  const claimed = await tx
    .update(invites)
    .set({ remindedAt: now, reminderCodeHash: hashInviteCode(code) })
    .where(and(eq(invites.id, invite.id), isOpen(now)))
    .returning({ id: invites.id })
  if (claimed.length === 0) return false
  const { company } = invite
  const mail = inviteReminderMail({
    inviter: invite.inviter ?? company,
    company,
    code,
    url: ctx.settings.webUrl + WEB_LINKS.invite(code),
  })
  await ctx.jobs.enqueue(tx, 'notifications.send-mail', { dedupeKey: `invite-reminder:${invite.id}`, to: invite.email, ...mail })
  return true
}

function isOpen(now: Date): SQL | undefined {
  const { acceptedAt, revokedAt, remindedAt, expiresAt } = invites
  return and(isNull(acceptedAt), isNull(revokedAt), isNull(remindedAt), gt(expiresAt, now))
}
