import type { z } from 'zod'
import type { Account } from './account.ts'
import { page } from './lists.ts'
import type { listEvents, listPrices } from './params.ts'

export function listPricesOf(account: Account, params: z.output<typeof listPrices>) {
  const { active, lookup_keys: keys } = params
  const fitting = [...account.prices.values()].filter(
    (price) => (active === undefined || price.active === active) && (keys === undefined || keys.includes(price.lookup_key ?? '')),
  )
  return page(fitting, params, { url: '/v1/prices', noun: 'price' })
}

export function listEventsOf(account: Account, params: z.output<typeof listEvents>) {
  const types = params.types ?? (params.type === undefined ? undefined : [params.type])
  const fitting = [...account.events.values()].filter(({ type }) => types === undefined || types.includes(type))
  return page(fitting, params, { url: '/v1/events', noun: 'event' })
}
