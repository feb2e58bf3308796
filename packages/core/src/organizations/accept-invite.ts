import { invites, organizationMembers, organizations } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { MemberRole } from '@gangway/schemas/organizations'
import { and, eq, exists, gt, isNull, ne, or, sql } from 'drizzle-orm'
import { GangwayError } from '../errors/index.ts'
import { hashInviteCode } from './invite-code.ts'

interface AcceptInvite {
  code: string
  userId: string
  /** The user's own address: it has to be the invited one. */
  email: string
  at: Date
}

/**
 * Makes somebody a member by their invitation. A code works once, and the conditional update decides who was first. Who
 * is a member already keeps their role. Throws INVITE_NOT_FOUND for every reason alike, so that codes cannot be probed.
 */
export async function acceptInvite(
  tx: Tx,
  { code, userId, email, at }: AcceptInvite,
): Promise<{ orgId: string; role: MemberRole }> {
  const [invite] = await tx
    .update(invites)
    .set({ acceptedAt: at })
    .where(
      and(
        or(eq(invites.codeHash, hashInviteCode(code)), eq(invites.reminderCodeHash, hashInviteCode(code))),
        eq(sql`lower(${invites.email})`, email.trim().toLowerCase()),
        isNull(invites.acceptedAt),
        isNull(invites.revokedAt),
        gt(invites.expiresAt, at),
        exists(
          tx
            .select({ id: organizations.id })
            .from(organizations)
            .where(and(eq(organizations.id, invites.orgId), ne(organizations.status, 'abandoned'))),
        ),
      ),
    )
    .returning({ orgId: invites.orgId, role: invites.role })
  if (!invite) throw new GangwayError('INVITE_NOT_FOUND')
  await tx
    .insert(organizationMembers)
    .values({ orgId: invite.orgId, userId, role: invite.role, createdAt: at })
    .onConflictDoNothing({ target: [organizationMembers.orgId, organizationMembers.userId] })
  return invite
}
