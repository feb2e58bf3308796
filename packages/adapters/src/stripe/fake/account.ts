import type { Clock } from '@gangway/core/ports'
import { PLANS } from '@gangway/schemas/plans'
import type Stripe from 'stripe'
import { LOOKUP_KEYS } from '../prices.ts'

/** Of Stripe's objects, the fields that are played; names and types are the SDK's. */
export type Session = Pick<
  Stripe.Checkout.Session,
  | ('id' | 'object' | 'livemode' | 'created' | 'expires_at' | 'mode' | 'status' | 'payment_status' | 'url')
  | ('success_url' | 'cancel_url' | 'client_reference_id' | 'customer_email' | 'metadata' | 'amount_total' | 'currency')
> & { customer: string | null; subscription: string | null; invoice: string | null; payment_intent: null }

export type Price = Pick<Stripe.Price, 'id' | 'object' | 'active' | 'created' | 'currency' | 'lookup_key' | 'unit_amount'>

export interface LineItem {
  id: string
  object: 'item'
  price: Price
  quantity: number
}

export type Subscription = Pick<
  Stripe.Subscription,
  'id' | 'object' | 'livemode' | 'created' | 'status' | 'metadata' | 'cancel_at_period_end' | 'canceled_at' | 'ended_at'
> & {
  customer: string
  latest_invoice: string | null
  items: { object: 'list'; data: { id: string; object: 'subscription_item'; price: Price; quantity: number }[]; has_more: false }
}

export type Invoice = Pick<Stripe.Invoice, 'id' | 'object' | 'livemode' | 'created' | 'status' | 'amount_paid' | 'currency'> & {
  parent: { type: 'subscription_details'; quote_details: null; subscription_details: { subscription: string; metadata: null } }
}

export type InvoicePayment = Pick<
  Stripe.InvoicePayment,
  'id' | 'object' | 'created' | 'status' | 'amount_paid' | 'amount_requested' | 'currency'
> & { invoice: string; payment: { type: 'payment_intent'; payment_intent: string } }

export type PaymentIntent = Pick<Stripe.PaymentIntent, 'id' | 'object' | 'created' | 'status' | 'amount' | 'currency'> & {
  latest_charge: string
}

export type Refund = Pick<
  Stripe.Refund,
  'id' | 'object' | 'created' | 'status' | 'amount' | 'currency' | 'reason' | 'metadata'
> & { payment_intent: string; charge: string }

export type StripeEvent = Pick<Stripe.Event, 'id' | 'object' | 'api_version' | 'created' | 'livemode' | 'pending_webhooks'> & {
  type: string
  data: { object: unknown }
}

/** What is still to happen to a session that a payment is on its way for. */
export interface Clearing {
  sessionId: string
  at: Date
  outcome: 'succeeds' | 'fails'
}

/** The books of the fake: every kind of object by id, oldest first. */
export interface Account {
  clock: Clock
  /** Where the fake listens, without a slash at the end. */
  pageUrl: () => string
  sessions: Map<string, Session>
  /** By session. */
  lines: Map<string, LineItem[]>
  /** What `subscription_data` said, by session. */
  subscriptionMetadata: Map<string, Record<string, string>>
  subscriptions: Map<string, Subscription>
  invoices: Map<string, Invoice>
  invoicePayments: Map<string, InvoicePayment>
  intents: Map<string, PaymentIntent>
  refunds: Map<string, Refund>
  prices: Map<string, Price>
  events: Map<string, StripeEvent>
  clearings: Clearing[]
  newId(prefix: string): string
  /** Puts an event on record, and its webhook on the way. */
  emit(type: string, object: object): void
}

export function unixNow({ clock }: Pick<Account, 'clock'>): number {
  return Math.floor(clock.now().getTime() / 1000)
}

/** One price for each plan, under the lookup key that the adapter looks for. */
export function planPrices(created: number): Price[] {
  return Object.values(PLANS).map(({ id, amount, currency }) => ({
    ...{ id: `price_${LOOKUP_KEYS[id]}`, object: 'price', active: true, created, currency },
    ...{ lookup_key: LOOKUP_KEYS[id], unit_amount: amount },
  }))
}
