import { GangwayError } from '@gangway/core/errors'
import type { Checkout, CreatedCheckout, NewCheckout } from '@gangway/core/ports'
import { type CheckoutMetadata, toCheckout } from './checkout-state.ts'
import { orNull, type StripeContext } from './stripe-context.ts'

/**
 * Nothing in the request comes from the clock: a repeat has to be the same to the letter, or Stripe refuses the key. So the
 * session expires when sessions do unless told otherwise, after 24 hours.
 */
export async function createCheckout(ctx: StripeContext, input: NewCheckout): Promise<CreatedCheckout> {
  const { idempotencyKey, userId, email, plan, slug, companyName, successUrl, cancelUrl } = input
  const metadata = { user_id: userId, plan, slug, company_name: companyName } satisfies CheckoutMetadata
  const session = await ctx.stripe.checkout.sessions.create(
    {
      mode: 'subscription',
      line_items: [{ price: await ctx.prices.idOf(plan), quantity: 1 }],
      client_reference_id: userId,
      customer_email: email,
      metadata,
      subscription_data: { metadata },
      success_url: successUrl,
      cancel_url: cancelUrl,
    },
    { idempotencyKey },
  )
  if (session.url === null) throw new GangwayError('BILLING_REJECTED', { cause: new Error('the session has no page') })
  return { checkoutSessionId: session.id, url: session.url, expiresAt: new Date(session.expires_at * 1000) }
}

export async function fetchCheckout(ctx: StripeContext, checkoutSessionId: string): Promise<Checkout | null> {
  const session = await orNull(ctx.stripe.checkout.sessions.retrieve(checkoutSessionId, { expand: ['subscription'] }))
  return session && toCheckout(session)
}

/** Page after page, as many as there are. */
export async function listPaidCheckouts(ctx: StripeContext, since: Date): Promise<Checkout[]> {
  const paid: Checkout[] = []
  const created = { gte: Math.floor(since.getTime() / 1000) }
  for await (const session of ctx.stripe.checkout.sessions.list({ status: 'complete', created, limit: 100 })) {
    const checkout = toCheckout(session)
    if (checkout && checkout.paymentStatus !== 'unpaid') paid.push(checkout)
  }
  return paid
}
