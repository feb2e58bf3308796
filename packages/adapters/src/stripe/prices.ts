import { GangwayError } from '@gangway/core/errors'
import type { Clock } from '@gangway/core/ports'
import { PLAN_IDS, type PlanId } from '@gangway/schemas/plans'
import type Stripe from 'stripe'

/** Found by these where no price is configured. https://docs.stripe.com/products-prices/manage-prices#lookup-keys */
export const LOOKUP_KEYS: Readonly<Record<PlanId, string>> = {
  STARTER: 'gangway_starter',
  PROFESSIONAL: 'gangway_professional',
  SCALE: 'gangway_scale',
}

export type StripePrices = { readonly [Plan in PlanId]?: string | undefined }

export interface PriceBook {
  /** Throws BILLING_REJECTED where Stripe has no active price for the plan. */
  idOf(plan: PlanId): Promise<string>
  /** Null where the price is of no plan. */
  planOf(price: Pick<Stripe.Price, 'id' | 'lookup_key'>): PlanId | null
}

/** A lookup key that is moved to another price is noticed within this time. */
const REMEMBER_MS = 10 * 60 * 1000

export function createPriceBook({ stripe, clock }: { stripe: Stripe; clock: Clock }, configured: StripePrices): PriceBook {
  let found = new Map<string, string>()
  let foundAt = 0

  async function lookUp(lookupKey: string): Promise<string | undefined> {
    const now = clock.now().getTime()
    if (!found.has(lookupKey) || now - foundAt > REMEMBER_MS) {
      const { data } = await stripe.prices.list({ lookup_keys: Object.values(LOOKUP_KEYS), active: true })
      found = new Map(data.map(({ lookup_key, id }) => [lookup_key ?? '', id]))
      foundAt = now
    }
    return found.get(lookupKey)
  }

  return {
    async idOf(plan) {
      const id = configured[plan] ?? (await lookUp(LOOKUP_KEYS[plan]))
      if (id !== undefined) return id
      const cause = new Error(`Stripe has no active price with the lookup key ${LOOKUP_KEYS[plan]}`)
      throw new GangwayError('BILLING_REJECTED', { cause })
    },
    planOf: ({ id, lookup_key }) =>
      PLAN_IDS.find((plan) => (configured[plan] === undefined ? LOOKUP_KEYS[plan] === lookup_key : configured[plan] === id)) ??
      null,
  }
}
