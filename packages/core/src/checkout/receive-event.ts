import { webhookEvents } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { and, eq, gt, sql } from 'drizzle-orm'
import { syncSubscription } from '../billing/index.ts'
import type { BaseContext, ProvisioningContext } from '../context.ts'
import { classify, type ErrorCode } from '../errors/index.ts'
import type { Billing, BillingEvent, Jobs } from '../ports/index.ts'
import { fulfil } from '../provisioning/index.ts'

/** A provider repeats itself for this long. */
export const DUPLICATE_WINDOW = sql`interval '35 days'`
/** After these the checkout is worth a look; the provider says what has become of it. */
const CHECKOUT_EVENTS = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
])
const SUBSCRIPTION_EVENT = /^customer\.subscription\./
/** There is nothing to bring to a tenant, and there will not be. */
const NOTHING_TO_DO: readonly ErrorCode[] = ['CHECKOUT_NOT_FOUND', 'CHECKOUT_UNPAID', 'CHECKOUT_EXPIRED']

type ReceiveContext = BaseContext & { billing: Billing; jobs: Jobs }

/**
 * Stores a signed event and the job that acts on it in one transaction; a duplicate does neither. Two events can tell of
 * one change of a checkout: the second is a duplicate as well. Throws WEBHOOK_SIGNATURE_INVALID.
 */
export async function receiveBillingEvent(
  ctx: ReceiveContext,
  request: { rawBody: string; signature: string },
): Promise<'stored' | 'duplicate'> {
  const event = ctx.billing.parseWebhook(request.rawBody, request.signature)
  return inTransaction(ctx.db, async (tx) => {
    if (event.checkoutSessionId !== null && (await isKnown(tx, event.type, event.checkoutSessionId))) return 'duplicate'
    const objectId = event.checkoutSessionId ?? event.subscriptionId ?? event.id
    const stored = await tx
      .insert(webhookEvents)
      .values({ id: event.id, provider: ctx.billing.provider, type: event.type, objectId, payload: event.payload })
      .onConflictDoNothing()
      .returning({ id: webhookEvents.id })
    if (stored.length === 0) return 'duplicate'
    if (isOfUse(event)) await ctx.jobs.enqueue(tx, 'billing.process-event', { eventId: event.id })
    return 'stored'
  })
}

/** Two that come at the same moment take turns: the second sees what the first has stored. */
async function isKnown(tx: Tx, type: string, objectId: string): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${type} ${objectId}`}, 0))`)
  const [same] = await tx
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(
      and(
        eq(webhookEvents.type, type),
        eq(webhookEvents.objectId, objectId),
        gt(webhookEvents.receivedAt, sql`now() - ${DUPLICATE_WINDOW}`),
      ),
    )
    .limit(1)
  return same !== undefined
}

function isOfUse({ type, checkoutSessionId, subscriptionId }: BillingEvent): boolean {
  return (checkoutSessionId !== null && CHECKOUT_EVENTS.has(type)) || (subscriptionId !== null && SUBSCRIPTION_EVENT.test(type))
}

/** Acts on a stored event. What the event says of the payment is not believed: the provider is asked. */
export async function processBillingEvent(ctx: ProvisioningContext, { eventId }: { eventId: string }): Promise<void> {
  const [event] = await ctx.db.select().from(webhookEvents).where(eq(webhookEvents.id, eventId))
  if (!event) return
  const { type, objectId } = event
  if (SUBSCRIPTION_EVENT.test(type)) return syncSubscription(ctx, { subscriptionId: objectId })
  if (!CHECKOUT_EVENTS.has(type)) return
  try {
    const { settled } = await fulfil(ctx, { checkoutSessionId: objectId })
    await settled
  } catch (error) {
    if (!NOTHING_TO_DO.includes(classify(error).code)) throw error
    ctx.log.info({ err: error, eventId, checkoutSessionId: objectId }, 'an event of a checkout that is not paid')
  }
}
