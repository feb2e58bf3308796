import { describe, expect, test } from 'vitest'
import { EVERYBODY } from '../answers/people-query.ts'
import { ALL_TOTALS, daysBefore, isComparing, readTotalsQuery, totalsSearch } from './totals-query.ts'

describe('totals in the address', () => {
  test('come back as they were written', () => {
    const query = { ...EVERYBODY, org: 'acme', step: 'work', from: '2026-03-01', than: { from: '2026-02-01', to: '2026-02-28' } }
    expect(totalsSearch(query)).toBe('?org=acme&from=2026-03-01&step=work&than-from=2026-02-01&than-to=2026-02-28')
    expect(readTotalsQuery(new URLSearchParams(totalsSearch(query)))).toEqual(query)
    expect(isComparing(query)).toBe(true)
  })

  test('are those of everybody where nothing is understood', () => {
    expect(readTotalsQuery(new URLSearchParams('step=Not a step&than-from=soon'))).toEqual(ALL_TOTALS)
    expect(isComparing(ALL_TOTALS)).toBe(false)
  })
})

test.each([
  [
    { from: '2026-03-01', to: '2026-03-31' },
    { from: '2026-01-29', to: '2026-02-28' },
  ],
  [
    { from: '2026-01-01', to: '2026-01-01' },
    { from: '2025-12-31', to: '2025-12-31' },
  ],
  [{ from: '2026-01-02', to: '2026-01-01' }, null],
  [{ from: '', to: '2026-01-01' }, null],
])('as long before %o is %o', (days, before) => {
  expect(daysBefore(days)).toEqual(before)
})
