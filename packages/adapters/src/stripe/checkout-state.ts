import { GangwayError } from '@gangway/core/errors'
import type { Checkout } from '@gangway/core/ports'
import { planIdSchema } from '@gangway/schemas/plans'
import type Stripe from 'stripe'
import { z } from 'zod'

/** What we write on a session, and what makes it ours. */
const metadataSchema = z.object({ user_id: z.string(), plan: planIdSchema, slug: z.string(), company_name: z.string() })
export type CheckoutMetadata = z.infer<typeof metadataSchema>

const sessionSchema = z.object({
  id: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  subscription: z.union([z.string(), z.object({ id: z.string(), status: z.string() })]).nullable(),
})

const ENDED = ['canceled', 'incomplete_expired']

export function isOurs(metadata: unknown): boolean {
  return metadataSchema.safeParse(metadata).success
}

/**
 * Null for a session that is not ours. A payment that has not cleared stays unpaid; once Stripe has given it up, and ended
 * the subscription that waited for it, the checkout has expired. Throws BILLING_REJECTED for what no session looks like.
 */
export function toCheckout(session: Stripe.Checkout.Session): Checkout | null {
  const metadata = metadataSchema.safeParse(session.metadata)
  if (!metadata.success) return null
  const parsed = sessionSchema.safeParse(session)
  if (!parsed.success) throw new GangwayError('BILLING_REJECTED', { cause: parsed.error })
  const { id, status, payment_status: paymentStatus, subscription } = parsed.data
  const { user_id: userId, plan, slug, company_name: companyName } = metadata.data
  const isGivenUp =
    paymentStatus === 'unpaid' && subscription !== null && typeof subscription === 'object' && ENDED.includes(subscription.status)
  return {
    checkoutSessionId: id,
    status: isGivenUp ? 'expired' : status,
    ...{ paymentStatus, userId, plan, slug, companyName },
    subscriptionId: typeof subscription === 'string' ? subscription : (subscription?.id ?? null),
  }
}
