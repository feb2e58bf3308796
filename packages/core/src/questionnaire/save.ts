import { onboardingSaves, onboardingSessions } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { OnboardingSession, SaveInput } from '@gangway/schemas/onboarding'
import { unknownFields } from '@gangway/schemas/manifest-applicable'
import type { StepIssue } from '@gangway/schemas/questionnaire'
import { and, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { advance } from './advance.ts'
import { applyPatch } from './apply-patch.ts'
import { checksum } from './canonical.ts'
import { describeConflict } from './conflict.ts'
import { type Questions, questionsOf } from './manifest.ts'
import { findOrCreateSession, findSession } from './session-row.ts'
import { type SessionRow, sessionView } from './session-view.ts'

type Save = SaveInput & { userId: string }
type TimedSave = Save & { at: Date }

interface Saved {
  row: SessionRow
  questions: Questions
  issues: StepIssue[]
}

/**
 * Stores a patch of one step's answers if `revision` is the current one, and answers with the session as it is then.
 * A repeat of `mutationId` changes nothing and is answered with the session as it is now.
 *
 * Throws REVISION_CONFLICT with a `SaveConflict`, INPUT_INVALID for fields that the step does not have, STEP_REQUIRED,
 * SESSION_COMPLETED, UNAUTHENTICATED for a `sessionId` of somebody else, and ANSWERS_INCOMPLETE with
 * `{ issues, session }`: the patch **is** stored then, only the step is not completed.
 */
export async function save(ctx: BaseContext, input: Save): Promise<OnboardingSession> {
  const at = ctx.clock.now()
  const { row, questions, issues } = await inTransaction(ctx.db, (tx) => saveOnce(ctx, tx, { ...input, at }))
  const session = sessionView(row, questions)
  if (issues.length > 0) throw new GangwayError('ANSWERS_INCOMPLETE', { details: { issues, session } })
  return session
}

async function saveOnce(ctx: BaseContext, tx: Tx, input: TimedSave): Promise<Saved> {
  const repeat = await findRepeat(ctx, tx, input)
  if (repeat) return repeat
  const row = await findOrCreateSession(tx, input)
  // Nobody gets to store what somebody else typed in the same browser.
  if (input.sessionId !== undefined && input.sessionId !== row.id) throw new GangwayError('UNAUTHENTICATED')
  const questions = await questionsOf(ctx, tx, row)
  refuseUnknown(questions, input)
  if (row.status === 'completed') throw new GangwayError('SESSION_COMPLETED')
  if (input.advance === 'skip' && isRequired(questions, input)) throw new GangwayError('STEP_REQUIRED')
  const saved = row.revision === input.revision ? await write(tx, { row, questions }, input) : undefined
  return saved ?? lose(ctx, tx, input)
}

/** Undefined when somebody else has moved the revision on: the conditional update then affects no row. */
async function write(tx: Tx, { row, questions }: Omit<Saved, 'issues'>, input: TimedSave): Promise<Saved | undefined> {
  const { mutationId, step, patch, at } = input
  const { answers, before } = applyPatch(row.answers, step, patch)
  const { position, issues } = advance({ ...row, answers }, questions, input)
  const revision = row.revision + 1
  const [written] = await tx
    .update(onboardingSessions)
    .set({ answers, ...position, revision, checksum: checksum(answers), updatedAt: at })
    .where(
      and(
        eq(onboardingSessions.id, row.id),
        eq(onboardingSessions.revision, input.revision),
        eq(onboardingSessions.status, 'open'),
      ),
    )
    .returning()
  if (!written) return undefined
  await tx.insert(onboardingSaves).values({ mutationId, sessionId: row.id, revision, step, patch, before, at })
  return { row: written, questions, issues }
}

/** Somebody else was first: this same save, sent twice at once, or another one. */
async function lose(ctx: BaseContext, tx: Tx, input: Save): Promise<Saved> {
  const repeat = await findRepeat(ctx, tx, input)
  if (repeat) return repeat
  const row = await findSession(tx, input.userId)
  if (!row) throw new GangwayError('NOT_FOUND')
  if (row.status === 'completed') throw new GangwayError('SESSION_COMPLETED')
  throw new GangwayError('REVISION_CONFLICT', {
    details: { ...(await describeConflict(tx, { row, questions: await questionsOf(ctx, tx, row) }, input)) },
  })
}

/** What this mutation was answered the first time: an advance that failed then fails again while its cause is there. */
async function findRepeat(ctx: BaseContext, tx: Tx, input: Save): Promise<Saved | undefined> {
  const [first] = await tx
    .select({ userId: onboardingSessions.userId })
    .from(onboardingSaves)
    .innerJoin(onboardingSessions, eq(onboardingSessions.id, onboardingSaves.sessionId))
    .where(eq(onboardingSaves.mutationId, input.mutationId))
  if (!first) return undefined
  if (first.userId !== input.userId) throw new GangwayError('INPUT_INVALID', { details: { fields: ['mutationId'] } })
  // Read after the ledger: a session read before it may lack the very save that the ledger tells of.
  const row = await findSession(tx, input.userId)
  if (!row) throw new GangwayError('NOT_FOUND')
  const refused = input.advance === 'complete' && !row.completedSteps.includes(input.step)
  const questions = await questionsOf(ctx, tx, row)
  return { row, questions, issues: refused ? advance(row, questions, input).issues : [] }
}

/** What a flag keeps from somebody may still be saved: it was typed before the flag was turned off. */
function refuseUnknown({ allSteps }: Questions, { step, patch }: Save): void {
  const fields = unknownFields(allSteps, step, patch)
  if (fields.length > 0 || !allSteps.some(({ id }) => id === step)) {
    throw new GangwayError('INPUT_INVALID', { details: { step, fields } })
  }
}

function isRequired({ steps }: Questions, { step }: Save): boolean {
  return steps.some(({ id, required }) => id === step && required)
}
