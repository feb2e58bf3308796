import { createHash } from 'node:crypto'
import type { ProviderId } from '@gangway/schemas/integrations'
import type { CostRow, UsageRow } from '../ports/index.ts'

export const TARGET_TABLES = ['usage_records', 'cost_records'] as const
export type TargetTable = (typeof TARGET_TABLES)[number]

/** One row of a target table, before it belongs to a run. */
export interface SourceRecord {
  /** From what the row is about: the same fact has the same id whenever it is fetched. */
  recordId: string
  day: string
  /** From what the row says: another digest under the same id is a newer version. */
  digest: string
  /** What adds up, per metric and unit or per currency; null where the provider left it out. */
  quantity: string | null
  measure: string
  /** The table's own columns. */
  columns: Record<string, unknown>
}

export function usageRecord(provider: ProviderId, row: UsageRow): SourceRecord {
  const { day, project, model, metric, quantity, unit, dimensions } = row
  return {
    recordId: hash(['usage', provider, day, project, model, metric, sorted(dimensions)]).slice(0, 32),
    digest: hash([quantity, unit]).slice(0, 16),
    measure: `${metric} in ${unit}`,
    ...{ day, quantity },
    columns: { usage_date: day, provider, project, model, metric, quantity, unit, dimensions },
  }
}

export function costRecord(provider: ProviderId, row: CostRow): SourceRecord {
  const { day, project, lineItem, amount, currency, dimensions } = row
  return {
    recordId: hash(['cost', provider, day, project, lineItem, currency, sorted(dimensions)]).slice(0, 32),
    digest: hash([amount]).slice(0, 16),
    measure: currency,
    ...{ day, quantity: amount },
    columns: { usage_date: day, provider, project, line_item: lineItem, amount, currency, dimensions },
  }
}

function sorted(dimensions: Record<string, string>): [string, string][] {
  return Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function hash(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
