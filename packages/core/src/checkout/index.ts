export { assertSlugFree, checkSlug } from './check-slug.ts'
export { CHECKOUT_MS, createCheckout } from './create-checkout.ts'
export { purgeBillingEvents } from './purge-events.ts'
export { processBillingEvent, receiveBillingEvent } from './receive-event.ts'
