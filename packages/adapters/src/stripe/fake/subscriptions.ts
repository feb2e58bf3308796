import type { z } from 'zod'
import { type Account, type Subscription, unixNow } from './account.ts'
import { page } from './lists.ts'
import type { listSubscriptions, updateSubscription } from './params.ts'
import { noSuch } from './problem.ts'

const NOUN = 'subscription'
const ENDED = ['canceled', 'incomplete_expired']

export function retrieve(account: Account, id: string): Subscription {
  const subscription = account.subscriptions.get(id)
  if (!subscription) throw noSuch(NOUN, id)
  return subscription
}

/** One that has ended is no subscription any more to those who want to end it. */
export function cancel(account: Account, id: string): Subscription {
  const subscription = retrieve(account, id)
  if (ENDED.includes(subscription.status)) throw noSuch(NOUN, id)
  const now = unixNow(account)
  Object.assign(subscription, { status: 'canceled', canceled_at: now, ended_at: now } satisfies Partial<Subscription>)
  account.emit('customer.subscription.deleted', subscription)
  return subscription
}

export function update(account: Account, id: string, params: z.output<typeof updateSubscription>): Subscription {
  const subscription = retrieve(account, id)
  const { metadata = {}, cancel_at_period_end: ends = subscription.cancel_at_period_end } = params
  Object.assign(subscription, {
    metadata: { ...subscription.metadata, ...metadata },
    cancel_at_period_end: ends,
  } satisfies Partial<Subscription>)
  account.emit('customer.subscription.updated', subscription)
  return subscription
}

/** Without the ended ones, unless they are asked for. */
export function list(account: Account, params: z.output<typeof listSubscriptions>) {
  const { status } = params
  const fitting = [...account.subscriptions.values()].filter((subscription) => {
    const isEnded = ENDED.includes(subscription.status)
    if (status === undefined) return !isEnded
    if (status === 'ended') return isEnded
    return status === 'all' || subscription.status === status
  })
  return page(fitting, params, { url: '/v1/subscriptions', noun: NOUN })
}
