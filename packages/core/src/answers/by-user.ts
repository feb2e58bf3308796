import { onboardingAnswerSnapshots as snapshots, users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { PersonHistory, Snapshot } from '@gangway/schemas/answers'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { orderedSteps } from '@gangway/schemas/answer-labels'
import { eq } from 'drizzle-orm'
import type { AnswersContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { canonicalJson } from '../questionnaire/index.ts'
import { auditAnswersRead } from './audit-read.ts'
import { correctionsOf } from './corrections.ts'
import { selectSnapshots, snapshotView } from './snapshot-rows.ts'

type Change = PersonHistory['completions'][number]['changes'][number]

/** Nobody has so many. */
const MOST = 1000

interface AnswersByUser {
  userId: string
  /** The admin who reads. */
  actorId: string
}

/**
 * Every completion of one person, newest first, each with what it changed since the one before, and what staff have
 * corrected in it. The read is in the audit log. Throws NOT_FOUND for nobody.
 */
export async function answersByUser(ctx: AnswersContext, { userId, actorId }: AnswersByUser): Promise<PersonHistory> {
  const at = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const [user] = await tx
      .select({ id: users.id, name: users.name, email: users.email, createdAt: users.createdAt })
      .from(users)
      .where(eq(users.id, userId))
    if (!user) throw new GangwayError('NOT_FOUND')
    await auditAnswersRead(tx, { actorId, at, subject: { type: 'user', id: userId } })
    const rows = await selectSnapshots(tx, { wanted: [eq(snapshots.userId, userId)], limit: MOST })
    const corrections = await correctionsOf(tx, { sessionIds: rows.map(({ sessionId }) => sessionId) })
    const found = rows.map((row) => ({ snapshot: snapshotView(row), revision: row.revision }))
    return {
      user,
      completions: found.map(({ snapshot, revision }, index) => ({
        ...{ snapshot, revision },
        corrections: corrections.get(snapshot.sessionId) ?? [],
        changes: changesSince(found[index + 1]?.snapshot, snapshot),
      })),
    }
  })
}

function changesSince(older: Snapshot | undefined, newer: Snapshot): Change[] {
  return older ? diffAnswers(older.answers, newer.answers) : []
}

/** The fields that differ, in the order of the steps; null stands for no answer. */
export function diffAnswers(older: DraftAnswers, newer: DraftAnswers): Change[] {
  return orderedSteps({ ...older, ...newer }).flatMap((step) => {
    const [was, is] = [older[step] ?? {}, newer[step] ?? {}]
    const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    return fields
      .map((field) => ({ step, field, before: was[field] ?? null, after: is[field] ?? null }))
      .filter(({ before, after }) => canonicalJson(before) !== canonicalJson(after))
  })
}
