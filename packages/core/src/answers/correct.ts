import { onboardingSaves, onboardingSessions } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { CorrectAnswersInput, CorrectedAnswers } from '@gangway/schemas/answer-corrections'
import { unknownFields } from '@gangway/schemas/manifest-applicable'
import type { StepPatch } from '@gangway/schemas/questionnaire'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import { CORRECTED, SUBJECT } from './corrections.ts'
import type { QuestionnaireContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { applyPatch } from '../questionnaire/apply-patch.ts'
import { canonicalJson, checksum } from '../questionnaire/canonical.ts'
import { completionIssues, submissionOf, submittedAnswers } from '../questionnaire/completion-issues.ts'
import { type Questions, questionsOf } from '../questionnaire/manifest.ts'
import type { SessionRow } from '../questionnaire/session-view.ts'

interface Correct extends CorrectAnswersInput {
  /** The admin who corrects. */
  actorId: string
}

/**
 * Corrects the answers of a completed session and queues what follows from it: its snapshot is replaced, and the totals
 * take back what it had added. The fields are named in the audit log, with the reason; their values, before and after, are
 * kept with the saves of the session. Nothing else that the answers once led to, such as a workspace, is changed.
 *
 * Throws NOT_FOUND unless there is such a completed session whose answers are kept, INPUT_INVALID for what it was not asked, and
 * ANSWERS_INCOMPLETE with `{ issues }` where it would not be complete any more.
 */
export function correctAnswers(
  ctx: QuestionnaireContext,
  { actorId, sessionId, patch, reason }: Correct,
): Promise<CorrectedAnswers> {
  const at = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    // Two corrections at once come one after the other, each on what the other has made.
    const [row] = await tx.select().from(onboardingSessions).where(eq(onboardingSessions.id, sessionId)).for('update')
    if (row?.status !== 'completed' || row.answersForgottenAt) throw new GangwayError('NOT_FOUND')
    const questions = await questionsOf(ctx, tx, row)
    const changed = changesOf(row, questions, patch)
    if (changed.length === 0) return { sessionId, revision: row.revision, changed: [] }
    const corrected = patched(row, questions, changed)
    const revision = row.revision + changed.length
    await tx
      .update(onboardingSessions)
      .set({ ...corrected, revision, checksum: checksum(corrected.answers), updatedAt: at })
      .where(eq(onboardingSessions.id, sessionId))
    await keepSaves(ctx, tx, { row, changed, at })
    const fields = changed.flatMap(({ step, patch: given }) => Object.keys(given).map((field) => `${step}.${field}`))
    const subject = { type: SUBJECT, id: sessionId }
    await recordAudit(tx, { actorId, at, action: CORRECTED, subject, detail: { fields, reason } })
    await ctx.jobs.enqueue(tx, 'answers.aggregate', { sessionId })
    return { sessionId, revision, changed: fields }
  })
}

interface Change {
  step: string
  patch: StepPatch
}

/** By step, the fields that are not already as the patch has them. */
function changesOf(row: SessionRow, { allSteps }: Questions, patch: CorrectAnswersInput['patch']): Change[] {
  return Object.entries(patch).flatMap(([step, given]) => {
    const fields = unknownFields(allSteps, step, given)
    if (fields.length > 0 || !allSteps.some(({ id }) => id === step)) {
      throw new GangwayError('INPUT_INVALID', { details: { step, fields } })
    }
    const known = row.answers[step] ?? {}
    const differs = ([field, value]: [string, unknown]) => canonicalJson(known[field] ?? null) !== canonicalJson(value)
    const different = Object.entries(given).filter(differs)
    return different.length > 0 ? [{ step, patch: Object.fromEntries(different) }] : []
  })
}

function patched(row: SessionRow, questions: Questions, changed: readonly Change[]) {
  const answers = changed.reduce((before, { step, patch }) => applyPatch(before, step, patch).answers, row.answers)
  // A step that was skipped counts once it has an answer.
  const skippedSteps = row.skippedSteps.filter((step) => !changed.some((change) => change.step === step && answers[step]))
  const submission = submissionOf(questions.steps, { ...row, answers, skippedSteps })
  const issues = completionIssues(submission, row)
  if (issues.length > 0) throw new GangwayError('ANSWERS_INCOMPLETE', { details: { issues } })
  const completedSteps = submission.steps.map(({ id }) => id)
  return { answers, skippedSteps, completedSteps, submitted: submittedAnswers(submission) }
}

async function keepSaves(
  ctx: QuestionnaireContext,
  tx: Tx,
  { row, changed, at }: { row: SessionRow; changed: readonly Change[]; at: Date },
): Promise<void> {
  const saves = changed.map(({ step, patch }, index) => ({
    ...{ mutationId: ctx.ids.uuid(), sessionId: row.id, revision: row.revision + index + 1, step, patch, at },
    before: applyPatch(row.answers, step, patch).before,
  }))
  await tx.insert(onboardingSaves).values(saves)
}
