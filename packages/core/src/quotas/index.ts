export { getQuota } from './get-quota.ts'
export { renewHold, settleQuota } from './hold.ts'
export { periodsAt } from './periods.ts'
export { reserveQuota } from './reserve.ts'
