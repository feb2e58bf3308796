import { runsFilterSchema } from '@gangway/schemas/runs'
import { describe, expect, test } from 'vitest'
import { isFiltered, NO_QUERY, readRunsQuery, runsFilter, type RunsQuery, runsSearch } from './runs-query.ts'

const QUERY: RunsQuery = {
  states: ['failed', 'needs_sync'],
  stages: ['finalize'],
  plans: ['SCALE'],
  text: ' grace@example.com & co',
  from: '2026-03-01',
  to: '2026-03-31',
}

describe('the filter of runs in the address', () => {
  test('comes back as it was written', () => {
    expect(readRunsQuery(new URLSearchParams(runsSearch(QUERY)))).toEqual(QUERY)
    expect(runsSearch(QUERY)).toContain('?state=failed&state=needs_sync&stage=finalize&plan=SCALE&text=')
  })

  test('is nothing when nothing is filtered', () => {
    expect([runsSearch(NO_QUERY), runsFilter(NO_QUERY), isFiltered(NO_QUERY)]).toEqual(['', {}, false])
    expect(readRunsQuery(new URLSearchParams())).toEqual(NO_QUERY)
  })

  test('leaves out what there is not', () => {
    const params = new URLSearchParams('state=lost&state=failed&state=failed&stage=none&plan=GOLD&from=2026-13-01')
    expect(readRunsQuery(params)).toEqual({ ...NO_QUERY, states: ['failed'] })
  })

  test('is a filter that the API takes', () => {
    const filter = runsFilter(QUERY)
    expect(runsFilterSchema.parse(filter)).toEqual(filter)
    expect(filter).toMatchObject({
      text: 'grace@example.com & co',
      createdFrom: new Date(2026, 2, 1),
      createdBefore: new Date(2026, 3, 1),
    })
    expect(runsFilterSchema.safeParse(runsFilter(readRunsQuery(new URLSearchParams(`text=${'x'.repeat(500)}`)))).success).toBe(
      true,
    )
  })
})
