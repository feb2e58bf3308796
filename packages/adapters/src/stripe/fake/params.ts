import type Stripe from 'stripe'
import { z } from 'zod'
import type { Known } from '../known.ts'
import { created, expand, flag, metadata, notPlayed, paging, text, url, whole } from './fields.ts'

/** What each call takes. That no name is missing and none is made up is checked against the SDK's own types. */
type Fields<Params> = Record<keyof Params, z.ZodType>

type CreateSession = Stripe.Checkout.SessionCreateParams
const MODES = ['payment', 'setup', 'subscription'] as const satisfies Known<Stripe.Checkout.SessionCreateParams.Mode>[]
const SESSION_STATUSES = ['open', 'complete', 'expired'] as const satisfies Known<Stripe.Checkout.Session.Status>[]

const lineItem = z.strictObject({
  price: text,
  quantity: whole,
  ...notPlayed<Stripe.Checkout.SessionCreateParams.LineItem>()('adjustable_quantity', 'metadata', 'price_data', 'tax_rates'),
} satisfies Fields<Stripe.Checkout.SessionCreateParams.LineItem>)

const subscriptionData = z.strictObject({
  metadata: metadata.optional(),
  ...notPlayed<Stripe.Checkout.SessionCreateParams.SubscriptionData>()(
    ...(['application_fee_percent', 'billing_cycle_anchor', 'billing_cycle_anchor_config', 'billing_mode'] as const),
    ...(['default_tax_rates', 'description', 'invoice_settings', 'on_behalf_of', 'pending_invoice_item_interval'] as const),
    ...(['proration_behavior', 'transfer_data', 'trial_end', 'trial_period_days', 'trial_settings'] as const),
  ),
} satisfies Fields<Stripe.Checkout.SessionCreateParams.SubscriptionData>)

export const createSession = z.strictObject({
  mode: z.enum(MODES),
  line_items: z.array(lineItem).min(1).max(20),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: text.max(200).optional(),
  customer_email: z.email().optional(),
  expires_at: whole.optional(),
  metadata: metadata.optional(),
  subscription_data: subscriptionData.optional(),
  expand,
  ...notPlayed<CreateSession>()(
    ...(['adaptive_pricing', 'after_expiration', 'allow_promotion_codes', 'allowed_payment_method_types'] as const),
    ...(['automatic_tax', 'billing_address_collection', 'branding_settings', 'consent_collection', 'currency'] as const),
    ...(['custom_fields', 'custom_text', 'customer', 'customer_account', 'customer_creation', 'customer_update'] as const),
    ...(['discounts', 'excluded_payment_method_types', 'integration_identifier', 'invoice_creation', 'locale'] as const),
    ...(['managed_payments', 'name_collection', 'optional_items', 'origin_context', 'payment_intent_data'] as const),
    ...(['payment_method_collection', 'payment_method_configuration', 'payment_method_data'] as const),
    ...(['payment_method_options', 'permissions', 'phone_number_collection', 'redirect_on_completion'] as const),
    ...(['return_url', 'saved_payment_method_options', 'setup_intent_data', 'shipping_address_collection'] as const),
    ...(['shipping_options', 'submit_type', 'tax_id_collection', 'ui_mode', 'wallet_options'] as const),
  ),
} satisfies Fields<CreateSession>)

export const listSessions = z.strictObject({
  ...paging,
  created,
  status: z.enum(SESSION_STATUSES).optional(),
  subscription: text.optional(),
  ...notPlayed<Stripe.Checkout.SessionListParams>()(
    ...(['customer', 'customer_account', 'customer_details', 'payment_intent', 'payment_link'] as const),
  ),
} satisfies Fields<Stripe.Checkout.SessionListParams>)

/** Retrieving takes nothing else, and neither does expiring. */
export const expandOnly = z.strictObject({ expand } satisfies Fields<Stripe.Checkout.SessionRetrieveParams>)

export const listLines = z.strictObject({ ...paging } satisfies Fields<Stripe.Checkout.SessionListLineItemsParams>)

export const cancelSubscription = z.strictObject({
  invoice_now: flag.optional(),
  prorate: flag.optional(),
  expand,
  ...notPlayed<Stripe.SubscriptionCancelParams>()('cancellation_details'),
} satisfies Fields<Stripe.SubscriptionCancelParams>)

type UpdateSubscription = Stripe.SubscriptionUpdateParams
export const updateSubscription = z.strictObject({
  metadata: metadata.optional(),
  cancel_at_period_end: flag.optional(),
  expand,
  ...notPlayed<UpdateSubscription>()(
    ...(['add_invoice_items', 'application_fee_percent', 'automatic_tax', 'billing_cycle_anchor', 'billing_schedules'] as const),
    ...(['billing_thresholds', 'cancel_at', 'cancellation_details', 'collection_method', 'days_until_due'] as const),
    ...(['default_payment_method', 'default_source', 'default_tax_rates', 'description', 'discounts'] as const),
    ...(['invoice_settings', 'items', 'off_session', 'on_behalf_of', 'pause_collection', 'payment_behavior'] as const),
    ...(['payment_settings', 'pending_invoice_item_interval', 'proration_behavior', 'proration_date'] as const),
    ...(['transfer_data', 'trial_end', 'trial_from_plan', 'trial_settings'] as const),
  ),
} satisfies Fields<UpdateSubscription>)

const SUBSCRIPTION_STATUSES = [
  ...(['active', 'all', 'canceled', 'ended', 'incomplete', 'incomplete_expired', 'past_due', 'paused'] as const),
  ...(['trialing', 'unpaid'] as const),
] as const satisfies Known<Stripe.SubscriptionListParams.Status>[]
export const listSubscriptions = z.strictObject({
  ...paging,
  created,
  status: z.enum(SUBSCRIPTION_STATUSES).optional(),
  ...notPlayed<Stripe.SubscriptionListParams>()(
    ...(['automatic_tax', 'collection_method', 'current_period_end', 'current_period_start', 'customer'] as const),
    ...(['customer_account', 'plan', 'price', 'test_clock'] as const),
  ),
} satisfies Fields<Stripe.SubscriptionListParams>)

const INVOICE_STATUSES = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const satisfies Known<Stripe.Invoice.Status>[]
export const listInvoices = z.strictObject({
  ...paging,
  created,
  subscription: text.optional(),
  status: z.enum(INVOICE_STATUSES).optional(),
  ...notPlayed<Stripe.InvoiceListParams>()('collection_method', 'customer', 'customer_account', 'due_date'),
} satisfies Fields<Stripe.InvoiceListParams>)

const PAYMENT_STATUSES = ['canceled', 'open', 'paid'] as const satisfies Known<Stripe.InvoicePaymentListParams.Status>[]
export const listInvoicePayments = z.strictObject({
  ...paging,
  created,
  invoice: text.optional(),
  status: z.enum(PAYMENT_STATUSES).optional(),
  ...notPlayed<Stripe.InvoicePaymentListParams>()('payment'),
} satisfies Fields<Stripe.InvoicePaymentListParams>)

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const satisfies Known<Stripe.RefundCreateParams.Reason>[]
export const createRefund = z.strictObject({
  payment_intent: text.optional(),
  charge: text.optional(),
  amount: whole.optional(),
  reason: z.enum(REASONS).optional(),
  metadata: metadata.optional(),
  expand,
  ...notPlayed<Stripe.RefundCreateParams>()(
    ...(['currency', 'customer', 'instructions_email', 'origin', 'refund_application_fee', 'reverse_transfer'] as const),
  ),
} satisfies Fields<Stripe.RefundCreateParams>)

export const listRefunds = z.strictObject({
  ...paging,
  created,
  payment_intent: text.optional(),
  charge: text.optional(),
} satisfies Fields<Stripe.RefundListParams>)

export const listPrices = z.strictObject({
  ...paging,
  created,
  active: flag.optional(),
  lookup_keys: z.array(text).max(10).optional(),
  ...notPlayed<Stripe.PriceListParams>()('currency', 'product', 'recurring', 'type'),
} satisfies Fields<Stripe.PriceListParams>)

export const listEvents = z.strictObject({
  ...paging,
  created,
  type: text.optional(),
  types: z.array(text).max(20).optional(),
  ...notPlayed<Stripe.EventListParams>()('delivery_success'),
} satisfies Fields<Stripe.EventListParams>)
