import type { DayRange } from '@gangway/schemas/pipelines'
import { daysOf } from './days.ts'
import { fromBillionths, toBillionths } from './decimal.ts'
import type { SourceRecord, TargetTable } from './records.ts'

export const CHECK_NAMES = ['row_count', 'required_values', 'duplicate_rows', 'totals'] as const

export interface CheckResult {
  targetTable: TargetTable
  checkName: (typeof CHECK_NAMES)[number]
  passed: boolean
  /** Nothing is loaded when one of these did not pass. */
  fatal: boolean
  rowsChecked: number
  rowsFailed: number
  detail: Record<string, unknown>
}

export interface Fetched {
  targetTable: TargetTable
  records: readonly SourceRecord[]
  /** The days that the provider told of, also those without rows. */
  days: readonly string[]
}

export interface Checked {
  results: CheckResult[]
  /** Each fact once. */
  records: SourceRecord[]
}

/**
 * Whether what was fetched can be loaded: every day of the range was told of once, every row has its number, no fact is
 * told twice in different words, and nothing adds up to less than nothing. Rows that only repeat another are dropped.
 */
export function checkRecords({ targetTable, records, days }: Fetched, range: DayRange): Checked {
  const kept = [...new Map(records.map((record) => [`${record.recordId} ${record.digest}`, record])).values()]
  const repeats = records.length - kept.length
  const contradictions = kept.length - new Set(kept.map(({ recordId }) => recordId)).size
  const without = records.filter(({ quantity }) => quantity === null || toBillionths(quantity) === null).length
  const strangers = [...days, ...records.map(({ day }) => day)].filter((day) => day < range.from || day > range.to)
  const missing = daysOf(range).filter((day) => days.filter((told) => told === day).length !== 1)
  const result = (
    checkName: CheckResult['checkName'],
    rowsFailed: number,
    rest: { fatal: boolean; detail: Record<string, unknown> },
  ): CheckResult => ({ targetTable, checkName, passed: rowsFailed === 0, rowsChecked: records.length, rowsFailed, ...rest })

  const sums = totals(kept)
  const negative = Object.keys(sums).filter((measure) => sums[measure]?.startsWith('-'))
  return {
    records: kept,
    results: [
      result('row_count', missing.length + strangers.length, {
        fatal: true,
        detail: { rows: records.length, days: days.length, daysMissing: missing, daysOutside: strangers },
      }),
      result('required_values', without, { fatal: true, detail: { rowsWithoutNumber: without } }),
      contradictions > 0
        ? result('duplicate_rows', contradictions, { fatal: true, detail: { repeats, contradictions } })
        : result('duplicate_rows', repeats, { fatal: false, detail: { repeats, contradictions } }),
      // A credit can be larger than what was spent; nobody uses less than nothing.
      result('totals', negative.length, { fatal: targetTable === 'usage_records', detail: { totals: sums, negative } }),
    ],
  }
}

/** By measure, exact. */
function totals(records: readonly SourceRecord[]): Record<string, string> {
  const sums = new Map<string, bigint>()
  for (const { measure, quantity } of records) {
    sums.set(measure, (sums.get(measure) ?? 0n) + (toBillionths(quantity ?? '0') ?? 0n))
  }
  return Object.fromEntries([...sums].map(([measure, sum]) => [measure, fromBillionths(sum)]))
}
