import { organizationMembers, users, webhookDeliveries, webhookEndpoints, webhookMessages } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { WebhooksContext } from '../context.ts'
import type { JobPayloads } from '../ports/index.ts'
import { deliveryGroup } from './delivery-group.ts'
import { messageBody } from './message-body.ts'

type Event = JobPayloads['webhooks.publish']

/**
 * Queues one delivery to every endpoint that hears the event; nothing is stored where nobody does. A repeat adds nothing:
 * a message goes to an endpoint once.
 */
export async function publishEvent(ctx: WebhooksContext, event: Event): Promise<void> {
  const { orgIds, data } = event.userId === null ? { orgIds: orgIdsOf(event), data: event.data } : await aboutPerson(ctx, event)
  const { id, orgId, events, disabledReason } = webhookEndpoints
  const endpoints = await ctx.db
    .select({ id, orgId })
    .from(webhookEndpoints)
    .where(and(or(isNull(orgId), inArray(orgId, orgIds)), sql`${event.type} = any(${events})`, isNull(disabledReason)))
  if (endpoints.length === 0) return
  const message = { id: event.messageId, type: event.type, body: messageBody({ ...event, data }) }
  const createdAt = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .insert(webhookMessages)
      .values({ ...message, createdAt })
      .onConflictDoNothing()
    const queued = await tx
      .insert(webhookDeliveries)
      .values(
        endpoints.map((endpoint) => ({ endpointId: endpoint.id, messageId: message.id, createdAt, nextAttemptAt: createdAt })),
      )
      .onConflictDoNothing()
      .returning({ deliveryId: webhookDeliveries.id, endpointId: webhookDeliveries.endpointId })
    const groups = new Map(endpoints.map((endpoint) => [endpoint.id, deliveryGroup(endpoint)]))
    const jobs = queued.map(({ deliveryId, endpointId }) => {
      const group = groups.get(endpointId) ?? endpointId
      return { name: 'webhooks.deliver', payload: { deliveryId, attempt: 1 }, group } as const
    })
    if (jobs.length > 0) await ctx.jobs.enqueueAll(tx, jobs)
  })
}

function orgIdsOf({ orgId }: Event): string[] {
  return orgId === null ? [] : [orgId]
}

/** Of whoever is gone since, nobody is told but the operators, and no address. */
async function aboutPerson(ctx: WebhooksContext, { userId, data }: Event) {
  const rows = await ctx.db
    .select({ email: users.email, orgId: organizationMembers.orgId })
    .from(users)
    .leftJoin(organizationMembers, eq(organizationMembers.userId, users.id))
    .where(eq(users.id, userId ?? ''))
  return { orgIds: rows.flatMap((row) => row.orgId ?? []), data: { ...data, email: rows[0]?.email ?? null } }
}
