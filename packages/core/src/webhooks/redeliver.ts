import { webhookDeliveries } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { WebhooksContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { requireCaller, type WebhookCaller } from './caller.ts'
import { deliveryGroup } from './delivery-group.ts'
import { deliveriesOf, readDelivery } from './delivery-row.ts'
import type { WebhookDelivery } from '@gangway/schemas/webhooks'

/**
 * Sends a message again at once, whatever came of it before, with the same id; the pauses begin anew. Staff may do so
 * for everybody. Throws NOT_FOUND, FORBIDDEN, WEBHOOK_ENDPOINT_DISABLED.
 */
export async function redeliver(
  ctx: WebhooksContext,
  { caller, deliveryId }: { caller: WebhookCaller; deliveryId: string },
): Promise<WebhookDelivery> {
  await requireCaller(ctx, caller)
  const at = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const { disabled, delivery: was } = await readDelivery(tx, deliveriesOf(caller), deliveryId)
    if (disabled) throw new GangwayError('WEBHOOK_ENDPOINT_DISABLED')
    const [again] = await tx
      .update(webhookDeliveries)
      .set({ status: 'pending', tries: 0, nextAttemptAt: at })
      .where(eq(webhookDeliveries.id, deliveryId))
      .returning({ attempts: webhookDeliveries.attempts })
    if (!again) throw new GangwayError('NOT_FOUND')
    // Of several jobs for one attempt, the first to come makes it.
    const group = deliveryGroup({ id: was.endpointId, orgId: was.orgId })
    await ctx.jobs.enqueue(tx, 'webhooks.deliver', { deliveryId, attempt: again.attempts + 1 }, { group })
    const subject = { type: 'webhook_delivery', id: deliveryId }
    await recordAudit(tx, { actorId: caller.actorId, at, action: 'webhook.redelivered', subject })
    const { delivery } = await readDelivery(tx, deliveriesOf(caller), deliveryId)
    return delivery
  })
}
