import { inSnapshot } from '@gangway/db/transaction'
import { unknownFields } from '@gangway/schemas/manifest-applicable'
import type { OnboardingSession, SaveInput } from '@gangway/schemas/onboarding'
import type { StepIssue } from '@gangway/schemas/questionnaire'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { advance } from './advance.ts'
import { applyPatch } from './apply-patch.ts'
import { checksum } from './canonical.ts'
import { describeConflict } from './conflict.ts'
import { findRepeat } from './find-repeat.ts'
import { forgetSession, knownSession, rememberSession } from './known-sessions.ts'
import { type Questions, questionsOf } from './manifest.ts'
import { findSession, readSession } from './session-row.ts'
import { type SessionRow, sessionView } from './session-view.ts'
import { writeSave } from './write-saves.ts'

type Save = SaveInput & { userId: string }

interface Saved {
  row: SessionRow
  questions: Questions
  issues: StepIssue[]
}

/** So often a session can be found changed, and then to be as it was typed on after all. */
const LOOKS = 3

/**
 * Stores a patch of one step's answers if `revision` is the current one, and answers with the session as it is then.
 * A repeat of `mutationId` changes nothing and is answered as the first was.
 *
 * Throws REVISION_CONFLICT with a `SaveConflict`, INPUT_INVALID for fields that the step does not have, STEP_REQUIRED,
 * SESSION_COMPLETED, UNAUTHENTICATED for a `sessionId` of somebody else, and ANSWERS_INCOMPLETE with
 * `{ issues, session }`: the patch **is** stored then, only the step is not completed.
 */
export async function save(ctx: BaseContext, input: Save): Promise<OnboardingSession> {
  const { row, questions, issues } = await saveOrRepeat(ctx, input)
  const session = sessionView(row, questions)
  if (issues.length > 0) throw new GangwayError('ANSWERS_INCOMPLETE', { details: { issues, session } })
  return session
}

async function saveOrRepeat(ctx: BaseContext, input: Save): Promise<Saved> {
  const at = ctx.clock.now()
  for (let look = 1; look <= LOOKS; look++) {
    const row = knownSession(ctx.db, input) ?? (await readSession(ctx, { userId: input.userId, at }))
    const questions = await questionsOf(ctx, ctx.db, row)
    const refusal = refusalOf({ row, questions }, input)
    const saved = refusal ? undefined : await write(ctx, { row, questions }, { ...input, at })
    if (saved) return saved
    const repeat = await inSnapshot(ctx.db, async (tx) => {
      const found = await findRepeat(tx, input)
      if (found || refusal) return found
      const now = await findSession(tx, input.userId)
      if (!now || now.revision === input.revision) return undefined
      const asked = { row: now, questions: await questionsOf(ctx, tx, now) }
      throw refusalOf(asked, input) ?? conflict(await describeConflict(tx, asked, input))
    })
    if (repeat) return { ...repeat, questions: await questionsOf(ctx, ctx.db, repeat.row) }
    if (refusal) throw refusal
  }
  throw new Error(`the session of ${input.userId} never is as it looks`)
}

/** Undefined when the session is not what it was taken for: somebody else was first, with this save or another. */
async function write(
  { db }: BaseContext,
  { row, questions }: Omit<Saved, 'issues'>,
  input: Save & { at: Date },
): Promise<Saved | undefined> {
  if (row.revision !== input.revision) return undefined
  const { mutationId, step, patch, at } = input
  const { answers, before } = applyPatch(row.answers, step, patch)
  const { position, issues } = advance({ ...row, answers }, questions, input)
  const after = { answers, checksum: checksum(answers) }
  const isWritten = await writeSave(db, { row, mutationId, step, patch, before, after, outcome: { ...position, issues }, at })
  if (!isWritten) {
    forgetSession(db, row.userId)
    return undefined
  }
  const written = { ...row, ...after, ...position, revision: row.revision + 1, updatedAt: at }
  rememberSession(db, written)
  return { row: written, questions, issues }
}

/** Why a save that was not stored before cannot be stored now. */
function refusalOf({ row, questions }: Omit<Saved, 'issues'>, input: Save): GangwayError | undefined {
  const { step, patch, sessionId } = input
  // Nobody gets to store what somebody else typed in the same browser.
  if (sessionId !== undefined && sessionId !== row.id) return new GangwayError('UNAUTHENTICATED')
  // What a flag keeps from somebody may still be saved: it was typed before the flag was turned off.
  const fields = unknownFields(questions.allSteps, step, patch)
  if (fields.length > 0 || !questions.allSteps.some(({ id }) => id === step))
    return new GangwayError('INPUT_INVALID', { details: { step, fields } })
  if (row.status === 'completed') return new GangwayError('SESSION_COMPLETED')
  if (input.advance === 'skip' && isRequired(questions, input)) return new GangwayError('STEP_REQUIRED')
  return undefined
}

function isRequired({ steps }: Questions, { step }: Save): boolean {
  return steps.some(({ id, required }) => id === step && required)
}

function conflict(details: object): GangwayError {
  return new GangwayError('REVISION_CONFLICT', { details: { ...details } })
}
