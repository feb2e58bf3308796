import { webhookDeliveries, webhookEndpoints, webhookMessages } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { WEBHOOK_TEST } from '@gangway/schemas/webhooks'
import { and, eq } from 'drizzle-orm'
import type { WebhooksContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { ownedBy, requireCaller, type WebhookCaller } from './caller.ts'
import { deliveryGroup } from './delivery-group.ts'
import { messageBody } from './message-body.ts'

/** Sends a message that says nothing, once, to see whether it arrives. Throws NOT_FOUND, FORBIDDEN, WEBHOOK_ENDPOINT_DISABLED. */
export async function pingEndpoint(
  ctx: WebhooksContext,
  { caller, endpointId }: { caller: WebhookCaller; endpointId: string },
): Promise<{ deliveryId: string }> {
  await requireCaller(ctx, caller)
  const at = ctx.clock.now()
  const id = ctx.ids.uuid()
  const body = messageBody({ type: WEBHOOK_TEST, occurredAt: at.toISOString(), data: { endpoint_id: endpointId } })
  return inTransaction(ctx.db, async (tx) => {
    const [endpoint] = await tx
      .select()
      .from(webhookEndpoints)
      .where(and(eq(webhookEndpoints.id, endpointId), ownedBy(caller)))
    if (!endpoint) throw new GangwayError('NOT_FOUND')
    if (endpoint.disabledReason) throw new GangwayError('WEBHOOK_ENDPOINT_DISABLED')
    await tx.insert(webhookMessages).values({ id, type: WEBHOOK_TEST, body, createdAt: at })
    const [delivery] = await tx
      .insert(webhookDeliveries)
      .values({ endpointId, messageId: id, createdAt: at, nextAttemptAt: at })
      .returning({ deliveryId: webhookDeliveries.id })
    if (!delivery) throw new GangwayError('DATABASE_CONFLICT')
    await ctx.jobs.enqueue(tx, 'webhooks.deliver', { ...delivery, attempt: 1 }, { group: deliveryGroup(endpoint) })
    return delivery
  })
}
