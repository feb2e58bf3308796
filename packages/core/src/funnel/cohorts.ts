import { funnelPeople as people } from '@gangway/db/schema'
import type { CohortBy, FunnelCohort, FunnelFilter } from '@gangway/schemas/funnel'
import { type SQL, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { snapshotWithinTime } from '../paging/index.ts'
import { countMilestones } from './count-milestones.ts'
import { assertFunnelFilter, matching, PATIENCE_MS } from './filter.ts'

interface Cohorts {
  filter: FunnelFilter
  by: CohortBy
  /** Whose days. */
  timeZone: string
}

/**
 * The same people in parts: by the day, week or month in which they started, newest first, or by role or plan, the largest
 * first. Throws like `getFunnel`.
 */
export async function funnelCohorts(ctx: BaseContext, { filter, by, timeZone }: Cohorts): Promise<FunnelCohort[]> {
  assertFunnelFilter(filter)
  const cohorts = await snapshotWithinTime(ctx.db, PATIENCE_MS, (tx) =>
    countMilestones(tx, matching(filter), keyOf(by, timeZone)),
  )
  return cohorts.toSorted(by === 'role' || by === 'plan' ? largestFirst : newestFirst)
}

function keyOf(by: CohortBy, timeZone: string): SQL {
  if (by === 'role') return sql`${people.role}`
  if (by === 'plan') return sql`${people.plan}`
  return sql`date_trunc(${by}, ${people.startedAt} at time zone ${timeZone})::date`
}

function newestFirst(one: FunnelCohort, other: FunnelCohort): number {
  return (one.key ?? '') < (other.key ?? '') ? 1 : -1
}

function largestFirst(one: FunnelCohort, other: FunnelCohort): number {
  return Number(one.key === null) - Number(other.key === null) || other.people.started - one.people.started
}
