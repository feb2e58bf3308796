import { describe, expect, it } from 'vitest'
import { checkRecords } from './check-records.ts'
import { costRecord, usageRecord } from './records.ts'

const range = { from: '2026-03-01', to: '2026-03-02' }
const days = ['2026-03-01', '2026-03-02']

function usage(quantity: string | null, over: { day?: string; model?: string } = {}) {
  const row = { day: '2026-03-01', project: 'p', model: 'm', metric: 'input_tokens', unit: 'tokens' as const, dimensions: {} }
  return usageRecord('openai', { ...row, quantity, ...over })
}

function cost(amount: string) {
  return costRecord('openai', { day: '2026-03-01', project: 'p', lineItem: 'l', amount, currency: 'USD', dimensions: {} })
}

function failed(records: ReturnType<typeof usage>[], told: string[] = days) {
  const { results } = checkRecords({ targetTable: 'usage_records', records, days: told }, range)
  expect(results.map(({ checkName }) => checkName)).toEqual(['row_count', 'required_values', 'duplicate_rows', 'totals'])
  return results.filter(({ passed }) => !passed).map(({ checkName, fatal, rowsFailed }) => ({ checkName, fatal, rowsFailed }))
}

describe('checkRecords', () => {
  it('passes what is whole, and days without rows', () => {
    expect(failed([usage('1'), usage('2', { model: 'other' })])).toEqual([])
    expect(failed([])).toEqual([])
  })

  it('misses days that were not told of, told twice, or not asked for', () => {
    expect(failed([], ['2026-03-01'])).toEqual([{ checkName: 'row_count', fatal: true, rowsFailed: 1 }])
    expect(failed([], [...days, '2026-03-02'])).toEqual([{ checkName: 'row_count', fatal: true, rowsFailed: 1 }])
    expect(failed([usage('1', { day: '2026-04-01' })])).toEqual([{ checkName: 'row_count', fatal: true, rowsFailed: 1 }])
  })

  it('lets no row without its number in', () => {
    expect(failed([usage(null), usage('many', { model: 'other' })])).toMatchObject([
      { checkName: 'required_values', fatal: true, rowsFailed: 2 },
    ])
  })

  it('drops rows that repeat another, and refuses those that contradict one', () => {
    const checked = checkRecords({ targetTable: 'usage_records', records: [usage('1'), usage('1')], days }, range)
    expect(checked.records).toEqual([usage('1')])
    expect(failed([usage('1'), usage('1')])).toEqual([{ checkName: 'duplicate_rows', fatal: false, rowsFailed: 1 }])
    expect(failed([usage('1'), usage('2')])).toEqual([{ checkName: 'duplicate_rows', fatal: true, rowsFailed: 1 }])
  })

  it('adds up exactly, and refuses usage below nothing but not a credit', () => {
    const { results } = checkRecords({ targetTable: 'cost_records', records: [cost('-0.3')], days }, range)
    expect(results.at(-1)).toMatchObject({ passed: false, fatal: false, detail: { totals: { USD: '-0.3' } } })
    expect(failed([usage('-1')])).toEqual([{ checkName: 'totals', fatal: true, rowsFailed: 1 }])
    const sums = checkRecords(
      { targetTable: 'usage_records', records: [usage('0.1'), usage('0.2', { model: 'other' })], days },
      range,
    )
    expect(sums.results.at(-1)?.detail).toMatchObject({ totals: { 'input_tokens in tokens': '0.3' } })
  })
})
