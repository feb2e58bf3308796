import { onboardingSessions, users } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { FORM_MESSAGES } from '@gangway/schemas/manifest-messages'
import type { OnboardingSession } from '@gangway/schemas/onboarding'
import {
  ANSWER_SCHEMA_VERSION,
  type DraftAnswers,
  type StepIssue,
  type StepPatch,
  workspaceSchema,
} from '@gangway/schemas/questionnaire'
import { and, eq } from 'drizzle-orm'
import type { QuestionnaireContext } from '../context.ts'
import { describeCode, GangwayError } from '../errors/index.ts'
import { acceptInvite } from '../organizations/index.ts'
import { recordFact } from '../telemetry/index.ts'
import { onboardingCompleted } from '../webhooks/events.ts'
import { completionIssues, submissionOf, submittedAnswers } from './completion-issues.ts'
import { type Questions, questionsOf } from './manifest.ts'
import { findOrCreateSession, findSession } from './session-row.ts'
import { type SessionRow, sessionView } from './session-view.ts'

interface Completed {
  row: SessionRow
  questions: Questions
}

interface Complete {
  userId: string
  revision: number
  /** A completed session answers every repeat alike, so this only names the attempt in the log. */
  mutationId: string
}

/**
 * Completes a user's session: checks every required step and every answered optional one, joins the workspace of an
 * invitation, and queues the aggregation of the answers and the news of it, all in one transaction. A second call
 * answers what the first did.
 *
 * Throws REVISION_CONFLICT with a `SaveConflict`, and ANSWERS_INCOMPLETE with `{ issues, session }`; nothing has changed then.
 */
export async function complete(ctx: QuestionnaireContext, input: Complete): Promise<OnboardingSession> {
  const { row, questions } = await inTransaction(ctx.db, (tx) => completeOnce(ctx, tx, input))
  ctx.log.info({ userId: input.userId, sessionId: row.id, mutationId: input.mutationId }, 'the onboarding session is completed')
  return sessionView(row, questions)
}

async function completeOnce(ctx: QuestionnaireContext, tx: Tx, { userId, revision }: Complete): Promise<Completed> {
  const at = ctx.clock.now()
  const row = await findOrCreateSession(tx, { userId, at })
  const questions = await questionsOf(ctx, tx, row)
  if (row.status === 'completed') return { row, questions }
  if (row.revision !== revision) throw conflict({ row, questions })
  const submission = submissionOf(questions.steps, row)
  const issues = completionIssues(submission, row)
  if (issues.length > 0) throw incomplete({ row, questions }, issues)

  const completedSteps = submission.steps.map(({ id }) => id)
  const completed = await stamp(tx, row, { completedSteps, submitted: submittedAnswers(submission), at })
  if (!completed) {
    const winner = await findSession(tx, userId)
    if (winner?.status === 'completed') return { row: winner, questions }
    throw conflict({ row: winner ?? row, questions })
  }
  await joinByInvitation(tx, { row, questions }, { workspace: submission.answers['workspace'], at })
  const done = { completed: completed.completedSteps.length, skipped: completed.skippedSteps.length }
  await recordFact(tx, { name: 'completed', of: row.id, userId, at, props: done })
  await ctx.jobs.enqueue(tx, 'answers.aggregate', { sessionId: row.id })
  const news = onboardingCompleted(ctx, { sessionId: row.id, userId })
  await ctx.jobs.enqueue(tx, news.name, news.payload)
  return { row: completed, questions }
}

/** Undefined when somebody else has moved the revision on or was first to complete. */
async function stamp(
  tx: Tx,
  row: SessionRow,
  { completedSteps, submitted, at }: { completedSteps: string[]; submitted: DraftAnswers; at: Date },
): Promise<SessionRow | undefined> {
  const last = completedSteps.at(-1) ?? row.currentStep
  const [completed] = await tx
    .update(onboardingSessions)
    .set({
      status: 'completed',
      completedSteps,
      submitted,
      currentStep: last,
      revision: row.revision + 1,
      answerSchemaVersion: ANSWER_SCHEMA_VERSION,
      completedAt: at,
      updatedAt: at,
    })
    .where(
      and(
        eq(onboardingSessions.id, row.id),
        eq(onboardingSessions.revision, row.revision),
        eq(onboardingSessions.status, 'open'),
      ),
    )
    .returning()
  return completed
}

async function joinByInvitation(
  tx: Tx,
  { row, questions }: Completed,
  submitted: { workspace: StepPatch | undefined; at: Date },
): Promise<void> {
  const { at } = submitted
  const workspace = workspaceSchema(FORM_MESSAGES.en).safeParse(submitted.workspace).data
  if (workspace?.mode !== 'join') return
  const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, row.userId))
  try {
    await acceptInvite(tx, { code: workspace.inviteCode, userId: row.userId, email: user?.email ?? '', at })
  } catch (error) {
    if (!(error instanceof GangwayError && error.code === 'INVITE_NOT_FOUND')) throw error
    const { message } = describeCode(error.code)
    throw incomplete({ row, questions }, [{ step: 'workspace', field: 'inviteCode', code: error.code, message }])
  }
}

function conflict({ row, questions }: Completed): GangwayError {
  return new GangwayError('REVISION_CONFLICT', { details: { session: sessionView(row, questions), conflicts: [] } })
}

function incomplete({ row, questions }: Completed, issues: StepIssue[]): GangwayError {
  return new GangwayError('ANSWERS_INCOMPLETE', { details: { issues, session: sessionView(row, questions) } })
}
