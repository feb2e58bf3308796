import type { Clock } from '@gangway/core/ports'
import Stripe from 'stripe'
import type { PriceBook } from './prices.ts'

export interface StripeContext {
  stripe: Stripe
  clock: Clock
  prices: PriceBook
  webhookSecret: string
}

/** Null where Stripe says that there is no such thing. */
export async function orNull<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') return null
    throw error
  }
}
