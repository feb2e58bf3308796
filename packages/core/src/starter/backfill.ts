import { starterKits, users } from '@gangway/db/schema'
import { and, asc, eq, gt, isNull, ne, or, sql } from 'drizzle-orm'
import type { BaseContext, StarterContext } from '../context.ts'
import { isReal } from '../demo/is-real.ts'
import { ensureStarterKit } from './ensure.ts'

/** People taken up at a time. */
const BATCH = 50

export interface StarterBackfill {
  /** Only counts. */
  dryRun?: boolean
  /** Stops after the batch that is under way: whoever calls again goes on with those that still lack a kit. */
  signal?: AbortSignal
  onProgress?: (progress: { done: number; total: number; failed: number }) => void
}

export interface StarterBackfillReport {
  /** People who lacked a kit at the beginning. */
  total: number
  made: number
  failed: number
}

/** Makes the starter kit of everybody who lacks one, also of those whose kit is incomplete. A failure holds up nobody else. */
export async function backfillStarterKits(
  ctx: StarterContext,
  { dryRun = false, signal, onProgress }: StarterBackfill = {},
): Promise<StarterBackfillReport> {
  const report = { total: await countLacking(ctx), made: 0, failed: 0 }
  if (dryRun) return report
  let after: string | undefined
  while (!signal?.aborted) {
    const people = await lackingAfter(ctx, after)
    if (people.length === 0) break
    const outcomes = await Promise.allSettled(people.map(({ userId }) => ensureStarterKit(ctx, { userId })))
    report.failed += outcomes.filter(({ status }) => status === 'rejected').length
    report.made += outcomes.filter(({ status }) => status === 'fulfilled').length
    after = people.at(-1)?.userId
    onProgress?.({ done: report.made + report.failed, total: report.total, failed: report.failed })
  }
  return report
}

/** Whoever was made up never comes to see one. */
const LACKING = and(or(isNull(starterKits.userId), ne(starterKits.status, 'ready')), isReal(users.id))

async function countLacking({ db }: BaseContext): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(users)
    .leftJoin(starterKits, eq(starterKits.userId, users.id))
    .where(LACKING)
  return row?.count ?? 0
}

/** By id, so that one whose kit cannot be made does not come again. */
function lackingAfter({ db }: BaseContext, after: string | undefined): Promise<{ userId: string }[]> {
  return db
    .select({ userId: users.id })
    .from(users)
    .leftJoin(starterKits, eq(starterKits.userId, users.id))
    .where(and(LACKING, after === undefined ? undefined : gt(users.id, after)))
    .orderBy(asc(users.id))
    .limit(BATCH)
}
