import { GangwayError } from '@gangway/core/errors'
import Stripe from 'stripe'
import { toCheckout } from './checkout-state.ts'
import { orNull, type StripeContext } from './stripe-context.ts'

/**
 * Gives back all that was paid through a checkout and ends its subscription, so that nothing is charged afterwards: that
 * first, since a renewal in between would not be given back. Throws CHECKOUT_NOT_FOUND and CHECKOUT_UNPAID.
 */
export async function refund(ctx: StripeContext, checkoutSessionId: string, idempotencyKey: string): Promise<void> {
  const session = await orNull(ctx.stripe.checkout.sessions.retrieve(checkoutSessionId))
  const checkout = session && toCheckout(session)
  if (!checkout) throw new GangwayError('CHECKOUT_NOT_FOUND')
  if (checkout.paymentStatus === 'unpaid') throw new GangwayError('CHECKOUT_UNPAID')
  if (checkout.subscriptionId === null) throw new GangwayError('BILLING_REJECTED', { cause: new Error('no subscription') })
  await endSubscription(ctx, checkout.subscriptionId)
  for await (const invoice of ctx.stripe.invoices.list({ subscription: checkout.subscriptionId, status: 'paid', limit: 100 })) {
    for await (const { id, payment } of ctx.stripe.invoicePayments.list({ invoice: invoice.id, status: 'paid', limit: 100 })) {
      await giveBack(ctx, payment, `${idempotencyKey}:${id}`)
    }
  }
}

/** To Stripe, a subscription that has ended cannot be ended again. */
async function endSubscription({ stripe }: StripeContext, subscriptionId: string): Promise<void> {
  const { status } = await stripe.subscriptions.retrieve(subscriptionId)
  if (status === 'canceled') return
  await orNull(stripe.subscriptions.cancel(subscriptionId, { invoice_now: false, prorate: false }))
}

async function giveBack(ctx: StripeContext, payment: Stripe.InvoicePayment.Payment, idempotencyKey: string): Promise<void> {
  const source = sourceOf(payment)
  try {
    await create(ctx, source, idempotencyKey)
  } catch (error) {
    if (!isReplayedFailure(error)) throw error
    // With the same key Stripe repeats its own failure for a day. A payment cannot be given back twice, whatever the key.
    await create(ctx, source, `${idempotencyKey}:again`)
  }
}

/** The whole of the payment, or what is left of it. Content where nothing is left. */
async function create({ stripe }: StripeContext, source: Source, idempotencyKey: string): Promise<void> {
  try {
    await stripe.refunds.create({ ...source, reason: 'requested_by_customer' }, { idempotencyKey })
  } catch (error) {
    const isDone = error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'charge_already_refunded'
    if (!isDone) throw error
  }
}

type Source = { payment_intent: string } | { charge: string }

/** Throws BILLING_REJECTED for money that has not come through Stripe: somebody has to give it back by hand. */
function sourceOf({ type, payment_intent: intent, charge }: Stripe.InvoicePayment.Payment): Source {
  if (intent) return { payment_intent: typeof intent === 'string' ? intent : intent.id }
  if (charge) return { charge: typeof charge === 'string' ? charge : charge.id }
  throw new GangwayError('BILLING_REJECTED', { cause: new Error(`a payment by ${type} cannot be given back`) })
}

function isReplayedFailure(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeAPIError && error.headers?.['idempotent-replayed'] === 'true'
}
