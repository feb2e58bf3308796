export { newCheckTenant } from './check-tenant.ts'
export { discardCheckTenant } from './discard.ts'
export { findLeftovers } from './leftovers.ts'
