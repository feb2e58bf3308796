import { onboardingSessions } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { Correctable } from '@gangway/schemas/answer-corrections'
import { eq } from 'drizzle-orm'
import type { AnswersContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { questionsOf } from '../questionnaire/manifest.ts'
import { auditAnswersRead } from './audit-read.ts'

interface ReadCorrectable {
  sessionId: string
  /** The admin who reads. */
  actorId: string
}

/**
 * A completed session as it can be corrected: what it was asked, and what was answered. The read is in the audit log. Throws
 * NOT_FOUND unless there is such a completed session whose answers are kept.
 */
export async function readCorrectable(ctx: AnswersContext, { sessionId, actorId }: ReadCorrectable): Promise<Correctable> {
  const at = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.select().from(onboardingSessions).where(eq(onboardingSessions.id, sessionId))
    if (row?.status !== 'completed' || row.answersForgottenAt) throw new GangwayError('NOT_FOUND')
    const { steps } = await questionsOf(ctx, tx, row)
    await auditAnswersRead(tx, { actorId, at, subject: { type: 'user', id: row.userId } })
    return { sessionId, steps: [...steps], answers: row.answers }
  })
}
