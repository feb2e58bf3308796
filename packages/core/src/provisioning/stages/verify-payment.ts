import { GangwayError } from '../../errors/index.ts'
import type { Checkout } from '../../ports/index.ts'
import type { Stage } from './stage.ts'

/** Trusts what the provider says now, and never what a caller or a payload said. */
export const verifyPayment: Stage = {
  id: 'verify_payment',
  async run(ctx, { run, checkout: known }) {
    if (run.origin === 'operator') return { kind: 'completed', detail: { reason: 'operator' } }
    const checkout = known ?? (await ctx.billing.fetchCheckout(run.checkoutSessionId))
    if (!checkout || checkout.userId !== run.userId) throw new GangwayError('CHECKOUT_NOT_FOUND')
    if (checkout.status === 'expired') throw new GangwayError('CHECKOUT_EXPIRED')
    if (isPaid(checkout)) {
      return { kind: 'completed', detail: { paymentStatus: checkout.paymentStatus, subscriptionId: checkout.subscriptionId } }
    }
    if (checkout.status === 'complete') return { kind: 'parked', detail: { paymentStatus: checkout.paymentStatus } }
    throw new GangwayError('CHECKOUT_UNPAID')
  },
}

export function isPaid(checkout: Checkout): boolean {
  return checkout.paymentStatus !== 'unpaid'
}
