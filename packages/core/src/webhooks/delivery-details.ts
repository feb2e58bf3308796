import { webhookAttempts } from '@gangway/db/schema'
import { inSnapshot } from '@gangway/db/transaction'
import type { WebhookDeliveryDetails } from '@gangway/schemas/webhooks'
import { desc, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { requireCaller, type WebhookCaller } from './caller.ts'
import { deliveriesOf, readDelivery } from './delivery-row.ts'

const NEWEST = 50

/** One delivery with what was sent and its newest 50 attempts. Throws NOT_FOUND and FORBIDDEN. */
export async function deliveryDetails(
  ctx: BaseContext,
  { caller, deliveryId }: { caller: WebhookCaller; deliveryId: string },
): Promise<WebhookDeliveryDetails> {
  await requireCaller(ctx, caller)
  const { number, at, durationMs, status, error, response } = webhookAttempts
  return inSnapshot(ctx.db, async (tx) => {
    const { delivery, body } = await readDelivery(tx, deliveriesOf(caller), deliveryId)
    const log = await tx
      .select({ number, at, durationMs, status, error, response })
      .from(webhookAttempts)
      .where(eq(webhookAttempts.deliveryId, deliveryId))
      .orderBy(desc(number))
      .limit(NEWEST)
    return { ...delivery, body, log }
  })
}
