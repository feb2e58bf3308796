import { apiKeys, keyReveals, organizationMembers, organizations, slugReservations, subscriptions } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { WEB_LINKS } from '@gangway/schemas/links'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { attachOrganization } from '../answers/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { inviteMail } from '../notifications/index.ts'
import { createInvites, type NewInvites } from '../organizations/index.ts'
import type { JobName, JobPayloads } from '../ports/index.ts'

/** What a stage changes in Postgres, as data: the journal writes it together with the stage's completion. */
export type Effect =
  | { kind: 'create_organization'; organization: NewRow<typeof organizations> & { id: string }; ownerId: string; subscription: Omit<NewRow<typeof subscriptions>, 'orgId'> }
  | { kind: 'store_key'; apiKey: NewRow<typeof apiKeys>; reveal: NewRow<typeof keyReveals> }
  | { kind: 'mark_onboarded'; orgId: string; revealMs: number }
  | ({ kind: 'invite'; inviter: string; company: string } & NewInvites)
  | { [Name in JobName]: { kind: 'enqueue'; job: Name; payload: JobPayloads[Name] } }[JobName]

type NewRow<Table extends { $inferInsert: unknown }> = Table['$inferInsert']

export async function applyEffect(tx: Tx, ctx: ProvisioningContext, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'create_organization': {
      const orgId = effect.organization.id
      await tx.insert(organizations).values(effect.organization)
      await tx.insert(organizationMembers).values({ orgId, userId: effect.ownerId, role: 'owner' })
      await attachOrganization(tx, { userId: effect.ownerId, orgId })
      await tx.insert(subscriptions).values({ ...effect.subscription, orgId })
      await tx
        .delete(slugReservations)
        .where(and(eq(slugReservations.slug, effect.organization.slug), eq(slugReservations.userId, effect.ownerId)))
      return
    }
    case 'store_key':
      await tx.insert(apiKeys).values(effect.apiKey)
      await tx.insert(keyReveals).values(effect.reveal)
      return
    case 'mark_onboarded':
      await tx
        .update(organizations)
        .set({ status: 'onboarded', onboardedAt: sql`now()` })
        .where(and(eq(organizations.id, effect.orgId), eq(organizations.status, 'provisioning')))
      await tx
        .update(keyReveals)
        .set({ expiresAt: sql`now() + ${effect.revealMs} * interval '1 millisecond'` })
        .where(and(eq(keyReveals.orgId, effect.orgId), isNull(keyReveals.expiresAt)))
      return
    case 'invite':
      return invite(tx, ctx, effect)
    case 'enqueue':
      return ctx.jobs.enqueue(tx, effect.job, effect.payload)
  }
}

async function invite(tx: Tx, ctx: ProvisioningContext, effect: Extract<Effect, { kind: 'invite' }>): Promise<void> {
  for (const { id, email, code } of await createInvites(tx, ctx, effect)) {
    const url = ctx.settings.webUrl + WEB_LINKS.invite(code)
    const mail = inviteMail({ inviter: effect.inviter, company: effect.company, code, url })
    await ctx.jobs.enqueue(tx, 'notifications.send-mail', { dedupeKey: `invite:${id}`, to: email, ...mail })
  }
}
