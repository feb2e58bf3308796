import type { Billing } from '@gangway/core/ports'
import { createCheckout, fetchCheckout, listPaidCheckouts } from './checkouts.ts'
import { openStripe, type StripeClientOptions } from './client.ts'
import { parseWebhook } from './events.ts'
import { createPriceBook, type StripePrices } from './prices.ts'
import { refund } from './refund.ts'
import type { StripeContext } from './stripe-context.ts'
import { fetchSubscription } from './subscriptions.ts'

export interface StripeBillingOptions extends StripeClientOptions {
  webhookSecret: string
  /** Price ids by plan. A plan without one is found by its lookup key: `gangway_starter` and so on. */
  prices?: StripePrices
}

export function createStripeBilling({ webhookSecret, prices = {}, ...options }: StripeBillingOptions): Billing {
  const { clock } = options
  const stripe = openStripe(options)
  const ctx: StripeContext = { stripe, clock, webhookSecret, prices: createPriceBook({ stripe, clock }, prices) }
  return {
    provider: 'stripe',
    createCheckout: (input) => createCheckout(ctx, input),
    fetchCheckout: (checkoutSessionId) => fetchCheckout(ctx, checkoutSessionId),
    parseWebhook: (rawBody, signature) => parseWebhook(ctx, rawBody, signature),
    listPaidCheckouts: (since) => listPaidCheckouts(ctx, since),
    fetchSubscription: (subscriptionId) => fetchSubscription(ctx, subscriptionId),
    refund: (checkoutSessionId, idempotencyKey) => refund(ctx, checkoutSessionId, idempotencyKey),
  }
}
