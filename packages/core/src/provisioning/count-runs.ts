import { onboardingRuns as runs } from '@gangway/db/schema'
import type { RunState } from '@gangway/schemas/provisioning'
import { sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { isReal } from '../demo/is-real.ts'

export interface RunCounts {
  states: Record<RunState, number>
  /** Failed runs that neither a customer nor a repeat can help: somebody has to look. */
  stuck: number
}

/** How many runs there are in each state. */
export async function countRuns({ db }: BaseContext): Promise<RunCounts> {
  const rows = await db
    .select({
      state: runs.state,
      count: sql<number>`count(*)::int`,
      stuck: sql<number>`(count(*) filter (where ${runs.state} = 'failed' and ${runs.failure} ->> 'kind' = 'permanent' and ${isReal(runs.userId)}))::int`,
    })
    .from(runs)
    .groupBy(runs.state)
  const countOf = (state: RunState) => rows.find((row) => row.state === state)?.count ?? 0
  return {
    states: {
      awaiting_payment: countOf('awaiting_payment'),
      pending: countOf('pending'),
      running: countOf('running'),
      succeeded: countOf('succeeded'),
      failed: countOf('failed'),
      needs_sync: countOf('needs_sync'),
      cancelled: countOf('cancelled'),
      rolled_back: countOf('rolled_back'),
    },
    stuck: rows.reduce((sum, row) => sum + row.stuck, 0),
  }
}
