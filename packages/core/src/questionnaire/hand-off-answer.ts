import { onboardingSaves, stepHandOffs } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { type AnswerHandOff, handOffProblemSchema, type HandOffView } from '@gangway/schemas/hand-offs'
import { and, eq, isNull } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { openHandOff, viewOf } from './hand-off-open.ts'
import { findByCode } from './hand-off-row.ts'
import { save } from './save.ts'

/**
 * A colleague's answers to one step, by the save that the owner's own go through: what the owner has changed since is
 * never written over. A repeat answers what the first call did.
 *
 * Throws HAND_OFF_NOT_FOUND, HAND_OFF_TAKEN, HAND_OFF_CLOSED, INPUT_INVALID, and REVISION_CONFLICT and ANSWERS_INCOMPLETE
 * with `{ view, conflicts, issues }`, which tell of this step and of nothing else.
 */
export async function answerHandOff(ctx: BaseContext, input: AnswerHandOff): Promise<HandOffView> {
  const { code, claim, revision, patch, mutationId } = input
  const found = await findByCode(ctx.db, { code, at: ctx.clock.now() })
  const view = await viewOf(ctx, ctx.db, { ...found, claim })
  if (view.state === 'answered') return view
  if (view.state === 'offered') throw new GangwayError('HAND_OFF_TAKEN')
  // The first call may have completed the step, and died before it said who did.
  if (view.state === 'closed' && !(await isRepeat(ctx, { sessionId: found.session.id, mutationId })))
    throw new GangwayError('HAND_OFF_CLOSED')

  const { userId } = found.session
  const { id, step } = found.handOff
  try {
    await save(ctx, { userId, step, revision, patch, mutationId, advance: 'complete' })
  } catch (error) {
    throw await narrowed(ctx, error, input)
  }
  await inTransaction(ctx.db, (tx) =>
    tx
      .update(stepHandOffs)
      .set({ answeredAt: ctx.clock.now() })
      .where(and(eq(stepHandOffs.id, id), isNull(stepHandOffs.answeredAt))),
  )
  ctx.log.info({ userId, handOffId: id, step }, 'a colleague has answered a step')
  return openHandOff(ctx, { code, claim })
}

async function isRepeat(ctx: BaseContext, saved: { sessionId: string; mutationId: string }): Promise<boolean> {
  const { sessionId, mutationId } = onboardingSaves
  const found = await ctx.db
    .select({ mutationId })
    .from(onboardingSaves)
    .where(and(eq(mutationId, saved.mutationId), eq(sessionId, saved.sessionId)))
  return found.length > 0
}

/** What is told to the owner holds all of their answers; the colleague is told of the one step. */
async function narrowed(ctx: BaseContext, error: unknown, { code, claim }: AnswerHandOff): Promise<unknown> {
  if (!(error instanceof GangwayError)) return error
  if (error.code === 'SESSION_COMPLETED') return new GangwayError('HAND_OFF_CLOSED')
  if (error.code !== 'REVISION_CONFLICT' && error.code !== 'ANSWERS_INCOMPLETE') return error
  const view = await openHandOff(ctx, { code, claim })
  if (view.state !== 'claimed') return new GangwayError('HAND_OFF_CLOSED')
  const isOfStep = ({ step }: { step: string }) => step === view.step.id
  const { conflicts, issues } = z.pick(handOffProblemSchema, { conflicts: true, issues: true }).parse(error.details)
  return new GangwayError(error.code, {
    details: { view, conflicts: conflicts.filter(isOfStep), issues: issues.filter(isOfStep) },
  })
}
