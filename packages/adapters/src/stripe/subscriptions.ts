import { GangwayError } from '@gangway/core/errors'
import type { Subscription } from '@gangway/core/ports'
import type Stripe from 'stripe'
import { z } from 'zod'
import type { Known } from './known.ts'
import { orNull, type StripeContext } from './stripe-context.ts'

const statusSchema = z.enum([
  ...(['active', 'trialing', 'incomplete', 'past_due', 'paused', 'unpaid', 'canceled', 'incomplete_expired'] as const),
])
type StripeStatus = Known<Stripe.Subscription.Status>

/** Ours has three states. What is not paid for, for whatever reason, is past due until Stripe ends it. */
const STATUSES: Readonly<Record<StripeStatus & z.infer<typeof statusSchema>, Subscription['status']>> = {
  active: 'active',
  trialing: 'active',
  incomplete: 'past_due',
  past_due: 'past_due',
  paused: 'past_due',
  unpaid: 'past_due',
  canceled: 'cancelled',
  incomplete_expired: 'cancelled',
} satisfies Record<StripeStatus, Subscription['status']>

const subscriptionSchema = z.object({
  id: z.string(),
  status: statusSchema,
  items: z.object({ data: z.array(z.object({ price: z.object({ id: z.string(), lookup_key: z.string().nullable() }) })) }),
})

/** Throws BILLING_REJECTED for what no subscription looks like. */
export async function fetchSubscription(ctx: StripeContext, subscriptionId: string): Promise<Subscription | null> {
  const found = await orNull(ctx.stripe.subscriptions.retrieve(subscriptionId))
  if (found === null) return null
  const parsed = subscriptionSchema.safeParse(found)
  if (!parsed.success) throw new GangwayError('BILLING_REJECTED', { cause: parsed.error })
  const { id, status, items } = parsed.data
  const plans = items.data.map(({ price }) => ctx.prices.planOf(price)).filter((plan) => plan !== null)
  return { subscriptionId: id, status: STATUSES[status], plan: plans[0] ?? null }
}
