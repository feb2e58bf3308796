import type { PlanId } from '@gangway/schemas/plans'
import type { Billing, Subscription } from '../ports/index.ts'

/** A subscription as Postgres has it. */
export interface KnownSubscription {
  id: string
  checkoutSessionId: string
  plan: PlanId
  status: Subscription['status']
  providerSubscriptionId: string | null
}

export interface SubscriptionFacts {
  plan: PlanId
  status: Subscription['status']
  providerSubscriptionId: string | null
}

export function factsOf({ plan, status, providerSubscriptionId }: SubscriptionFacts): SubscriptionFacts {
  return { plan, status, providerSubscriptionId }
}

/** The provider's own, by its id where we have it and by its checkout where we do not; null where it has none. */
export async function askProvider(billing: Billing, known: KnownSubscription): Promise<Subscription | null> {
  if (known.providerSubscriptionId !== null) {
    const found = await billing.fetchSubscription(known.providerSubscriptionId)
    if (found) return found
  }
  const checkout = await billing.fetchCheckout(known.checkoutSessionId)
  const subscriptionId = checkout?.subscriptionId ?? null
  return subscriptionId === null || subscriptionId === known.providerSubscriptionId
    ? null
    : billing.fetchSubscription(subscriptionId)
}

/** What we should have; undefined where we have it. A price that is none of our plans leaves the plan as it is. */
export function repairOf(known: KnownSubscription, found: Subscription): SubscriptionFacts | undefined {
  const right = { plan: found.plan ?? known.plan, status: found.status, providerSubscriptionId: found.subscriptionId }
  const isSame =
    right.plan === known.plan && right.status === known.status && right.providerSubscriptionId === known.providerSubscriptionId
  return isSame ? undefined : right
}
