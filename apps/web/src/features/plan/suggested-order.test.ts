import { expect, test } from 'vitest'
import { suggestedOrder } from './suggested-order.ts'

test('the slug chosen in the last step comes first, then the name of the workspace, then that of the company', () => {
  const profile = { companyName: 'Acme Data' }
  expect(suggestedOrder({})).toEqual({ companyName: '', slug: '' })
  expect(suggestedOrder({ profile })).toEqual({ companyName: 'Acme Data', slug: 'acme_data' })
  expect(suggestedOrder({ profile, workspace: { name: 'Costs' } }).slug).toBe('costs')
  expect(suggestedOrder({ profile, workspace: { name: 'Costs', slug: 'acme_costs' } }).slug).toBe('acme_costs')
})
