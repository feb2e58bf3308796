import type { Billing } from '@gangway/core/ports'
import type { PaySandboxCheckoutInput, SandboxCheckout } from '@gangway/schemas/checkout'
import { createCheckout, fetchCheckout, fetchSubscription, getSandboxCheckout, listPaidCheckouts, refund } from './checkouts.ts'
import { parseEvent } from './events.ts'
import { paySandboxCheckout } from './pay.ts'
import type { SandboxContext } from './sandbox-context.ts'
import { verifySignature } from './signature.ts'

export type SandboxBillingOptions = SandboxContext

/** A payment provider of our own, and the two calls that its checkout page needs. */
export interface SandboxBilling extends Billing {
  getSandboxCheckout(checkoutSessionId: string): Promise<SandboxCheckout>
  paySandboxCheckout(input: PaySandboxCheckoutInput): Promise<{ redirectUrl: string }>
}

/** Keeps its books in our database, where a provider would keep them in its own. */
export function createSandboxBilling(ctx: SandboxBillingOptions): SandboxBilling {
  return {
    provider: 'sandbox',
    createCheckout: (input) => createCheckout(ctx, input),
    fetchCheckout: (checkoutSessionId) => fetchCheckout(ctx, checkoutSessionId),
    parseWebhook(rawBody, signature) {
      verifySignature({ secret: ctx.webhookSecret, rawBody, now: ctx.clock.now() }, signature)
      return parseEvent(rawBody)
    },
    listPaidCheckouts: (since) => listPaidCheckouts(ctx, since),
    fetchSubscription: (subscriptionId) => fetchSubscription(ctx, subscriptionId),
    refund: (checkoutSessionId) => refund(ctx, checkoutSessionId),
    getSandboxCheckout: (checkoutSessionId) => getSandboxCheckout(ctx, checkoutSessionId),
    paySandboxCheckout: (input) => paySandboxCheckout(ctx, input),
  }
}
