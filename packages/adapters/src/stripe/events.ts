import { GangwayError } from '@gangway/core/errors'
import type { BillingEvent } from '@gangway/core/ports'
import Stripe from 'stripe'
import { z } from 'zod'
import { isOurs } from './checkout-state.ts'
import type { StripeContext } from './stripe-context.ts'

/** Where Stripe puts `t=<unix seconds>,v1=<signature>`. https://docs.stripe.com/webhooks/signature */
export const STRIPE_SIGNATURE_HEADER = 'stripe-signature'

const TOLERANCE_S = 300

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  data: z.object({ object: z.looseObject({ id: z.string().optional(), object: z.string() }) }),
})

/**
 * An account can serve other products as well: their sessions are nothing of ours. Throws WEBHOOK_SIGNATURE_INVALID, and
 * REQUEST_MALFORMED for anything but an event.
 */
export function parseWebhook({ stripe, webhookSecret, clock }: StripeContext, rawBody: string, signature: string): BillingEvent {
  const payload = verified(() =>
    stripe.webhooks.constructEvent(rawBody, signature, webhookSecret, TOLERANCE_S, undefined, clock.now().getTime()),
  )
  const event = eventSchema.safeParse(payload)
  if (!event.success) throw new GangwayError('REQUEST_MALFORMED', { cause: event.error })
  const { id, type, data } = event.data
  const { object, id: objectId = null, metadata } = data.object
  return {
    ...{ id, type, payload },
    checkoutSessionId: object === 'checkout.session' && isOurs(metadata) ? objectId : null,
    subscriptionId: object === 'subscription' ? objectId : null,
  }
}

/** The SDK's own error carries the whole body, which has no business in a log. */
function verified(construct: () => unknown): unknown {
  try {
    return construct()
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError)
      throw new GangwayError('WEBHOOK_SIGNATURE_INVALID', { cause: new Error(error.message) })
    throw new GangwayError('REQUEST_MALFORMED', { cause: error })
  }
}
