import type { ProviderId } from '@gangway/schemas/integrations'
import type { DayRange } from '@gangway/schemas/pipelines'
import type { PipelinesContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import type { ReportPage, ReportRequest } from '../ports/index.ts'
import type { Fetched } from './check-records.ts'
import { costRecord, usageRecord } from './records.ts'
import { withRetries } from './with-retries.ts'

/** A provider that never comes to an end is not understood. */
const MOST_PAGES = 100

export interface FetchReports {
  provider: ProviderId
  key: string
  range: DayRange
  signal: AbortSignal
}

/** Usage and cost of a range, all pages, each retried by itself. Throws what the provider throws. */
export async function fetchReports(ctx: PipelinesContext, input: FetchReports): Promise<[usage: Fetched, cost: Fetched]> {
  const { provider, key, range, signal } = input
  const port = ctx.providers[provider]
  async function all<Row>(fetchPage: (request: ReportRequest) => Promise<ReportPage<Row>>) {
    const rows: Row[] = []
    const days: string[] = []
    let cursor: string | undefined
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const request = { range, cursor }
      const page = await withRetries(ctx, signal, () => fetchPage(request))
      rows.push(...page.rows)
      days.push(...page.days)
      if (page.nextCursor === null) return { rows, days }
      cursor = page.nextCursor
    }
    throw new GangwayError('PROVIDER_ANSWER_INVALID', { cause: new Error(`more than ${MOST_PAGES} pages`) })
  }
  const usage = await all((request) => port.fetchUsage(key, request))
  const cost = await all((request) => port.fetchCost(key, request))
  return [
    { targetTable: 'usage_records', days: usage.days, records: usage.rows.map((row) => usageRecord(provider, row)) },
    { targetTable: 'cost_records', days: cost.days, records: cost.rows.map((row) => costRecord(provider, row)) },
  ]
}
