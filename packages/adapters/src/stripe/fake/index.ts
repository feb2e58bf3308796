export type { NewDelivery } from './deliveries.ts'
export { pay, payLater, renew } from './customer.ts'
export { type FakeStripe, type FakeStripeOptions, startFakeStripe } from './fake-stripe.ts'
