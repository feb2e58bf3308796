import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import { sql } from 'drizzle-orm'
import type { NightlyExportContext } from '../context.ts'
import { isReal } from '../demo/is-real.ts'
import { leaveFile, loadIntoWarehouse, surveyDay } from './export-day.ts'

const DAY_MS = 86_400_000
/** So long a day waits for completions that are not in the snapshots; then it goes without them, and says so. */
const WAIT_MS = DAY_MS

export interface NightlyReport {
  /** Days that were exported now. */
  days: string[]
  /** Days that wait for completions. */
  waiting: string[]
}

/**
 * Exports every UTC day that is over and was not exported yet, oldest first: mostly yesterday, and after a downtime all
 * days since. Stops between two days when the signal says so. Where files cannot be left, the warehouse is loaded all the
 * same, and the other way round; throws then what went wrong, at the end.
 */
export async function exportNightly(ctx: NightlyExportContext, signal?: AbortSignal): Promise<NightlyReport> {
  const report: NightlyReport = { days: [], waiting: [] }
  const ways = new Set([leaveFile, loadIntoWarehouse])
  const failures: unknown[] = []
  for (const day of await dueDays(ctx)) {
    if (signal?.aborted || ways.size === 0) break
    const { missing } = await surveyDay(ctx, day)
    const overSince = ctx.clock.now().getTime() - Date.parse(`${day}T00:00:00Z`) - DAY_MS
    if (missing > 0 && overSince < WAIT_MS) report.waiting.push(day)
    else {
      if (missing > 0) ctx.log.warn({ day, missing }, 'a day of answers is exported without completions that have no snapshot')
      for (const way of ways) {
        try {
          await way(ctx, { day, missing })
        } catch (error) {
          // Later days would fare no better by it.
          ways.delete(way)
          ctx.log.warn({ err: error, day }, 'a day of answers could not be exported')
          failures.push(error)
        }
      }
      report.days.push(day)
    }
  }
  if (failures.length > 0) throw failures[0]
  return report
}

/** From the first completion there is to yesterday. */
async function dueDays(ctx: NightlyExportContext): Promise<string[]> {
  const now = ctx.clock.now().toISOString()
  const needsFile = ctx.exportTarget !== undefined
  const rows = await ctx.db.execute<{ day: string }>(sql`
    select to_char(each.day, 'YYYY-MM-DD') as day
    from generate_series(
      (select date_trunc('day', min(completed_at) at time zone 'UTC') from onboarding_answer_snapshots where ${isReal(snapshots.userId)}),
      date_trunc('day', ${now}::timestamptz at time zone 'UTC') - interval '1 day', interval '1 day') as each(day)
    left join answer_export_days done on done.day = each.day::date
    where done.loaded_at is null or (${needsFile} and done.written_at is null)
    order by each.day`)
  return rows.map(({ day }) => day)
}
