import { expect, it } from 'vitest'
import {
  deliveriesFilter,
  isFiltered,
  NO_QUERY,
  readWebhooksQuery,
  webhooksSearch,
  type WebhooksQuery,
} from './webhooks-query.ts'

const query: WebhooksQuery = { text: 'acme & co', statuses: ['failed', 'pending'], types: ['run.failed'], delivery: 'd1' }

it('comes back from the address as it went in', () => {
  expect(readWebhooksQuery(new URLSearchParams(webhooksSearch(query)))).toEqual(query)
  expect(webhooksSearch(NO_QUERY)).toBe('')
})

it('leaves out what nobody knows', () => {
  expect(readWebhooksQuery(new URLSearchParams('?state=lost&event=run.invented&state=failed'))).toEqual({
    ...NO_QUERY,
    statuses: ['failed'],
  })
})

it('asks only for what is wanted; an open delivery is no filter', () => {
  expect(deliveriesFilter(NO_QUERY)).toEqual({})
  expect(deliveriesFilter({ ...query, text: ' a ' })).toEqual({ text: 'a', statuses: query.statuses, types: query.types })
  expect([isFiltered({ ...NO_QUERY, delivery: 'd1' }), isFiltered(query)]).toEqual([false, true])
})
