import { inTransaction } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { RetentionContext } from '../context.ts'
import { checksum } from '../questionnaire/canonical.ts'

/** People in one transaction: short ones, so that nobody who browses or completes waits. */
const BATCH = 500
const DAY_MS = 24 * 60 * 60 * 1000

const forgottenSchema = z.tuple([z.object({ forgotten: z.number() })])

/**
 * Forgets what people answered longer ago than is kept: the snapshot, the answers of the session and every save of it. That
 * they completed, and when, stays. The totals take back what they had added, in the same transactions; a backfill passes
 * the sessions over. Answers how many it forgot; `signal` ends it after the batch that is under way. Where nothing was told, all is kept.
 */
export async function forgetAnswers(ctx: RetentionContext, signal?: AbortSignal): Promise<number> {
  const { answersDays } = ctx.settings
  if (answersDays === undefined) return 0
  const now = ctx.clock.now()
  const before = new Date(now.getTime() - answersDays * DAY_MS).toISOString()
  for (let all = 0; ;) {
    const [{ forgotten }] = forgottenSchema.parse([
      ...(await inTransaction(ctx.db, (tx) =>
        tx.execute(sql`
          with old as (
            select session_id from onboarding_answer_snapshots where completed_at < ${before}::timestamptz
            order by completed_at nulls first limit ${BATCH} for update skip locked
          ), gone as (
            delete from onboarding_answer_snapshots where session_id in (select session_id from old)
          ), unsaved as (
            delete from onboarding_saves where session_id in (select session_id from old)
          ), emptied as (
            update onboarding_sessions
            set answers = '{}', submitted = null, checksum = ${checksum({})}, answers_forgotten_at = ${now.toISOString()}::timestamptz
            where id in (select session_id from old)
          )
          select count(*)::int as forgotten from old`),
      )),
    ])
    all += forgotten
    if (forgotten < BATCH || signal?.aborted) {
      if (all > 0) ctx.log.info({ forgotten: all }, 'answers were forgotten that are older than is kept')
      return all
    }
  }
}
