export { type BillingSync, syncBilling } from './sync.ts'
export { syncSubscription } from './sync-subscription.ts'
