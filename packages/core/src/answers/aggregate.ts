import { onboardingSessions } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { AnswersContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import { canonicalKey, normalizeAnswers } from './normalize.ts'
import { type AnsweredSession, writeSnapshots } from './write-snapshots.ts'

/**
 * Writes the snapshots of completed sessions, all of them in one transaction, and with them what they add to the totals.
 * A session that comes twice, at once or later, is counted once; one that was corrected replaces its snapshot and takes
 * back what that had added. Sessions that are gone or not completed are logged and left alone: a repeat could not change that.
 *
 * Answers what went wrong, by session: when they cannot be written together, each is tried alone. Throws what is transient.
 */
export async function aggregateSessions(
  ctx: AnswersContext,
  { sessionIds }: { sessionIds: readonly string[] },
): Promise<ReadonlyMap<string, unknown>> {
  const ids = [...new Set(sessionIds)]
  try {
    await aggregateTogether(ctx, ids)
    return new Map()
  } catch (error) {
    if (classify(error).retry === 'transient') throw error
    const [only, ...others] = ids
    if (only !== undefined && others.length === 0) return new Map([[only, error]])
  }
  const failed = new Map<string, unknown>()
  for (const sessionId of ids) {
    for (const [id, error] of await aggregateSessions(ctx, { sessionIds: [sessionId] })) failed.set(id, error)
  }
  return failed
}

async function aggregateTogether(ctx: AnswersContext, ids: string[]): Promise<void> {
  const sessions = await readCompleted(ctx, ids)
  const found = new Set(sessions.map(({ id }) => id))
  for (const sessionId of ids) {
    if (!found.has(sessionId)) ctx.log.warn({ sessionId }, 'no completed onboarding session to take a snapshot of')
  }
  if (sessions.length > 0) await inTransaction(ctx.db, (tx) => writeSnapshots(tx, { sessions, at: ctx.clock.now() }))
}

async function readCompleted({ db }: AnswersContext, ids: string[]): Promise<AnsweredSession[]> {
  const { id, revision, answers, submitted, skippedSteps, completedAt, answersForgottenAt } = onboardingSessions
  const rows = await db
    .select({ id, revision, answers, submitted, skippedSteps })
    .from(onboardingSessions)
    .where(and(inArray(id, ids), isNotNull(completedAt), isNull(answersForgottenAt)))
  return rows.map((row) => {
    // What was submitted has nothing of a question that did not apply; sessions of before kept no copy of it.
    const answers = row.submitted ?? row.answers
    const steps = Object.keys(answers).map(canonicalKey)
    return { id: row.id, revision: row.revision, ...normalizeAnswers(answers, row.skippedSteps, steps) }
  })
}
