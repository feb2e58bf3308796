import {
  onboardingAnswerSnapshots as snapshots,
  onboardingLocks as locks,
  onboardingSessions as sessions,
  pendingBackendSyncs as syncs,
} from '@gangway/db/schema'
import type { Alert } from '@gangway/schemas/runs'
import { and, eq, gte, isNull, lt, or, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { isOfRealPerson } from '../demo/is-real.ts'

/** What is still usual: rows, or seconds. */
const THRESHOLDS = { pending_syncs: 10, failed_syncs: 5, old_locks: 300, answers_lag: 60 } as const satisfies Record<
  Alert['kind'],
  number
>

/** Sessions completed earlier are no lag any more, and looking through all of them would slow every look down. */
const LAG_WITHIN_MS = 7 * 24 * 60 * 60 * 1000

/** How things stand with whatever staff are warned of. */
export async function readAlerts(ctx: BaseContext): Promise<Alert[]> {
  const [waiting, lockAge, lag] = await Promise.all([countSyncs(ctx), oldestLock(ctx), answersLag(ctx)])
  const values = { pending_syncs: waiting.pending, failed_syncs: waiting.failed, old_locks: lockAge, answers_lag: lag }
  const alert = (kind: Alert['kind']): Alert => {
    const [value, threshold] = [values[kind], THRESHOLDS[kind]]
    return { kind, value, threshold, raised: value > threshold }
  }
  return [alert('pending_syncs'), alert('failed_syncs'), alert('old_locks'), alert('answers_lag')]
}

async function countSyncs(ctx: BaseContext): Promise<{ pending: number; failed: number }> {
  const [found] = await ctx.db
    .select({
      pending: sql<number>`(count(*) filter (where ${syncs.status} in ('pending_sync', 'syncing')))::int`,
      failed: sql<number>`(count(*) filter (where ${syncs.status} = 'failed'))::int`,
    })
    .from(syncs)
    .where(isOfRealPerson(syncs.runId))
  return found ?? { pending: 0, failed: 0 }
}

/** Seconds; 0 when there is no lock. */
async function oldestLock(ctx: BaseContext): Promise<number> {
  const [found] = await ctx.db
    .select({ seconds: sql<number>`coalesce(extract(epoch from now() - min(${locks.acquiredAt})), 0)::float8` })
    .from(locks)
  return found?.seconds ?? 0
}

/**
 * Seconds since the completion of the session that has waited longest for its snapshot, or since the correction that its
 * snapshot does not have yet; 0 when none waits.
 */
async function answersLag(ctx: BaseContext): Promise<number> {
  const now = ctx.clock.now().getTime()
  const waitingSince = sql`case when ${snapshots.sessionId} is null then ${sessions.completedAt} else ${sessions.updatedAt} end`
  const [found] = await ctx.db
    .select({ since: sql<Date | null>`min(${waitingSince})`.mapWith(sessions.completedAt) })
    .from(sessions)
    .leftJoin(snapshots, eq(snapshots.sessionId, sessions.id))
    .where(
      and(
        ...[eq(sessions.status, 'completed'), gte(sessions.completedAt, new Date(now - LAG_WITHIN_MS))],
        or(isNull(snapshots.sessionId), lt(snapshots.sessionRevision, sessions.revision)),
      ),
    )
  return found?.since ? Math.max(0, (now - found.since.getTime()) / 1000) : 0
}
