export { createStripeBilling, type StripeBillingOptions } from './create-stripe-billing.ts'
export { STRIPE_SIGNATURE_HEADER } from './events.ts'
