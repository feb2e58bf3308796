import { onboardingRuns as runs, users } from '@gangway/db/schema'
import { inSnapshot, type Tx } from '@gangway/db/transaction'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import type { RunRow, RunsFilter, RunsPage } from '@gangway/schemas/runs'
import { and, eq, gte, ilike, inArray, lt, or, sql, type SQL } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import {
  assertWindow,
  containing,
  countUpTo,
  EXACT_COUNT,
  microsOf,
  newestFirst,
  newestOrder,
  olderThan,
} from '../paging/index.ts'

const KEYS = { time: runs.createdAt, id: runs.id }

export interface ListAllRuns {
  filter: RunsFilter
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined
  limit: number
}

/**
 * A page of everybody's runs, newest first, and how many the filter lets through. For staff.
 *
 * Throws INPUT_INVALID for a window that ends before it begins, and for a cursor that is not of this filter.
 */
export async function listAllRuns(ctx: BaseContext, { filter, cursor, limit }: ListAllRuns): Promise<RunsPage> {
  assertWindow({ from: filter.createdFrom, before: filter.createdBefore, field: 'filter.createdBefore' })
  const after = cursor ? newestFirst.decode(cursor, filter) : undefined
  return inSnapshot(ctx.db, async (tx) => {
    const wanted = matching(filter)
    const rows = await selectRuns(tx)
      .where(and(wanted, after && olderThan(KEYS, after)))
      .orderBy(...newestOrder(KEYS))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map(({ run, email }) => runRow(run, email)),
      nextCursor: last && rows.length > limit ? newestFirst.encode({ micros: last.micros, id: last.run.id }, filter) : null,
      count: await countUpTo(tx, capped(tx, wanted)),
    }
  })
}

function matching({ states = [], stages = [], plans = [], text, createdFrom, createdBefore }: RunsFilter): SQL | undefined {
  return and(
    states.length > 0 ? inArray(runs.state, states) : undefined,
    stages.length > 0
      ? inArray(
          runs.stagesCompleted,
          stages.map((stage) => STAGE_IDS.indexOf(stage)),
        )
      : undefined,
    plans.length > 0 ? inArray(runs.plan, plans) : undefined,
    text ? holding(containing(text)) : undefined,
    createdFrom && gte(runs.createdAt, createdFrom),
    createdBefore && lt(runs.createdAt, createdBefore),
  )
}

function holding(pattern: string): SQL | undefined {
  return or(...[runs.checkoutSessionId, runs.slug, runs.companyName, users.email].map((column) => ilike(column, pattern)))
}

function selectRuns(tx: Tx) {
  return tx
    .select({ run: runs, email: users.email, micros: microsOf(runs.createdAt) })
    .from(runs)
    .innerJoin(users, eq(users.id, runs.userId))
    .$dynamic()
}

function capped(tx: Tx, wanted: SQL | undefined) {
  return tx
    .select({ one: sql`1` })
    .from(runs)
    .innerJoin(users, eq(users.id, runs.userId))
    .where(wanted)
    .limit(EXACT_COUNT + 1)
}

/** A run as the list shows it. */
export function runRow(run: typeof runs.$inferSelect, email: string): RunRow {
  const { id, checkoutSessionId, origin, state, stagesCompleted, plan, slug, companyName, failure, createdAt, updatedAt } = run
  const stage = STAGE_IDS[stagesCompleted] ?? null
  return {
    id,
    checkoutSessionId,
    origin,
    state,
    stage,
    stagesCompleted,
    plan,
    slug,
    companyName,
    email,
    failure,
    createdAt,
    updatedAt,
  }
}
