import type { PlanId } from '@gangway/schemas/plans'

export interface NewCheckout {
  /** Ours: a repeat with the same key is answered with the same checkout. */
  idempotencyKey: string
  userId: string
  email: string
  plan: PlanId
  slug: string
  companyName: string
  /** Holds `{CHECKOUT_SESSION_ID}` where the provider writes the id in. */
  successUrl: string
  cancelUrl: string
}

export interface CreatedCheckout {
  checkoutSessionId: string
  url: string
  expiresAt: Date
}

/** A checkout session as the provider has it now. */
export interface Checkout {
  checkoutSessionId: string
  status: 'open' | 'complete' | 'expired'
  /** `no_payment_required` counts as paid. */
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required'
  userId: string
  plan: PlanId
  slug: string
  companyName: string
  /** The provider's subscription; null where there is none. */
  subscriptionId: string | null
}

/** A subscription as the provider has it now. */
export interface Subscription {
  subscriptionId: string
  status: 'active' | 'past_due' | 'cancelled'
  /** Null where what is paid for is none of our plans as they are sold now: a price of old, or one made by hand. */
  plan: PlanId | null
}

export interface BillingEvent {
  id: string
  type: string
  /** The checkout session that the event is about; null for other objects, and for sessions that are not ours. */
  checkoutSessionId: string | null
  /** The subscription that the event is about; null for other objects. */
  subscriptionId: string | null
  payload: unknown
}

/** The payment provider. Every method may throw a provider's error, which the catalogue classifies. */
export interface Billing {
  readonly provider: string
  createCheckout(input: NewCheckout): Promise<CreatedCheckout>
  /** Null when the provider knows no such session. */
  fetchCheckout(checkoutSessionId: string): Promise<Checkout | null>
  /** Throws WEBHOOK_SIGNATURE_INVALID unless the signature fits the raw body and is at most 300 s old. */
  parseWebhook(rawBody: string, signature: string): BillingEvent
  /** Paid checkouts created at or after `since`, newest first. */
  listPaidCheckouts(since: Date): Promise<Checkout[]>
  /** Null when the provider knows no such subscription. */
  fetchSubscription(subscriptionId: string): Promise<Subscription | null>
  /**
   * Gives everything back that was paid, and ends the subscription; a repeat with the same key does nothing. Throws
   * CHECKOUT_NOT_FOUND and CHECKOUT_UNPAID.
   */
  refund(checkoutSessionId: string, idempotencyKey: string): Promise<void>
}
