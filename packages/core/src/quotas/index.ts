export { getQuota } from './get-quota.ts'
export { renewHold, settleQuota } from './hold.ts'
export { reserveQuota } from './reserve.ts'
