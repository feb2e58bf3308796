import { webhookEvents } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, gt, sql } from 'drizzle-orm'
import type { BaseContext, ProvisioningContext } from '../context.ts'
import { fulfil } from '../provisioning/index.ts'
import type { Billing, Jobs } from '../ports/index.ts'

/** A provider repeats itself for this long. */
const DUPLICATE_WINDOW = sql`interval '35 days'`
const PAID_EVENTS = new Set(['checkout.session.completed', 'checkout.session.async_payment_succeeded'])

type ReceiveContext = BaseContext & { billing: Billing; jobs: Jobs }

/** Stores a signed event and the job that acts on it in one transaction; a duplicate does neither. Throws WEBHOOK_SIGNATURE_INVALID. */
export async function receiveBillingEvent(
  ctx: ReceiveContext,
  request: { rawBody: string; signature: string },
): Promise<'stored' | 'duplicate'> {
  const event = ctx.billing.parseWebhook(request.rawBody, request.signature)
  const objectId = event.checkoutSessionId ?? event.id
  return inTransaction(ctx.db, async (tx) => {
    const [same] = await tx
      .select({ id: webhookEvents.id })
      .from(webhookEvents)
      .where(
        and(
          eq(webhookEvents.type, event.type),
          eq(webhookEvents.objectId, objectId),
          gt(webhookEvents.receivedAt, sql`now() - ${DUPLICATE_WINDOW}`),
        ),
      )
    if (same) return 'duplicate'
    const stored = await tx
      .insert(webhookEvents)
      .values({ id: event.id, provider: ctx.billing.provider, type: event.type, objectId, payload: event.payload })
      .onConflictDoNothing()
      .returning({ id: webhookEvents.id })
    if (stored.length === 0) return 'duplicate'
    await ctx.jobs.enqueue(tx, 'billing.process-event', { eventId: event.id })
    return 'stored'
  })
}

/** Acts on a stored event. What the event says of the payment is not believed: `fulfil` asks the provider. */
export async function processBillingEvent(ctx: ProvisioningContext, { eventId }: { eventId: string }): Promise<void> {
  const [event] = await ctx.db.select().from(webhookEvents).where(eq(webhookEvents.id, eventId))
  if (!event || !PAID_EVENTS.has(event.type)) return
  const { settled } = await fulfil(ctx, { checkoutSessionId: event.objectId })
  await settled
}
