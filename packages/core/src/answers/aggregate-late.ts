import { onboardingAnswerSnapshots as snapshots, onboardingSessions as sessions } from '@gangway/db/schema'
import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { AnswersContext } from '../context.ts'
import { aggregateSessions } from './aggregate.ts'

/** Looking at all completions there ever were would cost more the longer the product runs. */
const WITHIN_MS = 60 * 60 * 1000
const AT_ONCE = 500

/**
 * Takes up completed sessions whose answers are not in the snapshots `afterMs` after the completion, or not as they are now:
 * the worker that had their message died with it, and the queue waits long before it gives the message to another. Answers
 * how many it took up. What fails is in the log under the session's id.
 */
export async function aggregateLate(ctx: AnswersContext, { afterMs = 10_000 }: { afterMs?: number } = {}): Promise<number> {
  const now = ctx.clock.now().getTime()
  const [from, before] = [now - WITHIN_MS, now - afterMs].map((ms) => new Date(ms).toISOString())
  const late = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .leftJoin(snapshots, eq(snapshots.sessionId, sessions.id))
    .where(
      and(
        eq(sessions.status, 'completed'),
        sql`${sessions.completedAt} between ${from} and ${before}`,
        or(isNull(snapshots.sessionId), lt(snapshots.sessionRevision, sessions.revision)),
      ),
    )
    .orderBy(asc(sessions.completedAt))
    .limit(AT_ONCE)
  const failed = await aggregateSessions(ctx, { sessionIds: late.map(({ id }) => id) })
  for (const [sessionId, error] of failed) ctx.log.error({ err: error, sessionId }, 'a late session could not be aggregated')
  return late.length
}
