import { onboardingRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { StageId } from '@gangway/schemas/provisioning'
import { and, eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { classify, GangwayError } from '../errors/index.ts'
import { whileHeld } from './advance.ts'
import { causeOf, describeFailure, sweepPauseMs } from './failure.ts'
import type { Fulfilment } from './fulfil.ts'
import { next } from './run-machine.ts'
import type { Run } from './run-row.ts'
import { clearAhead, retrying, undoables, undoStage } from './undo.ts'
import { toView } from './view.ts'
import { type Hold, write } from './write.ts'

/**
 * Undoes a cancelled run in reverse order and gives the payment back. The key of the refund is on record before anything
 * is done, and from then on the sweeper sees it through. Answers as soon as it is under way. Throws RUN_STATE_INVALID.
 */
export async function rollBackRun(
  ctx: ProvisioningContext,
  { runId, actorId }: { runId: string; actorId: string | null },
): Promise<Fulfilment> {
  const run = await inTransaction(ctx.db, async (tx) => {
    const [intended] = await tx
      .update(onboardingRuns)
      .set({ refundKey: sql`coalesce(${onboardingRuns.refundKey}, ${`refund_${runId}`})`, updatedAt: sql`now()` })
      .where(and(eq(onboardingRuns.id, runId), eq(onboardingRuns.state, 'cancelled')))
      .returning()
    if (!intended) throw new GangwayError('RUN_STATE_INVALID')
    await recordAudit(tx, { actorId, at: ctx.clock.now(), action: 'run.rolled_back', subject: { type: 'run', id: runId } })
    return intended
  })
  return seeRollBackThrough(ctx, run.checkoutSessionId)
}

/** Goes on with a roll-back that was decided, wherever its last holder left it. */
export async function seeRollBackThrough(ctx: ProvisioningContext, checkoutSessionId: string): Promise<Fulfilment> {
  const { holder, lockTtlMs } = ctx.settings
  const opened = await ctx.journal.open({
    ...{ checkoutSessionId, holder, ttlMs: lockTtlMs, resume: true, starts: false },
    ...{ states: ['cancelled'], nextState: 'cancelled' },
  })
  if (opened.part === 'absent') throw new GangwayError('RUN_NOT_FOUND')
  const view = toView(opened.run)
  if (opened.part !== 'started') return { run: view, part: opened.part, settled: Promise.resolve() }
  const { run, lease } = opened
  return { run: view, part: 'started', settled: whileHeld(ctx, { run, lease }, (hold) => rollBack(ctx, run, hold)) }
}

/** A failure leaves the run cancelled and its roll-back decided: the sweeper tries again, with growing pauses. */
async function rollBack(ctx: ProvisioningContext, start: Run, hold: Hold): Promise<void> {
  let run = start
  let at: StageId = 'verify_payment'
  try {
    await clearAhead(ctx, run, hold)
    for (const stage of undoables(run, 'verify_payment')) {
      at = stage.id
      run = await undoStage(ctx, { run, stage }, hold)
    }
    at = 'verify_payment'
    const undone = run
    const refunded = await retrying(ctx, hold, () => giveBack(ctx, undone))
    const now = ctx.clock.now()
    await write(
      ctx,
      { run, hold },
      {
        events: [{ stage: at, status: 'undone', attempt: 1, detail: { refunded } }],
        patch: { state: next('cancelled', 'undo'), finishedAt: now, nextAttemptAt: null, ...(refunded && { refundedAt: now }) },
        release: true,
      },
    )
  } catch (error) {
    if (hold.signal.aborted || classify(error).code === 'LOCK_LOST') throw error
    const failure = describeFailure(ctx, error, { runId: run.id, stage: at, attempt: 1 })
    await write(
      ctx,
      { run, hold },
      {
        events: [{ stage: at, status: 'failed', attempt: 1, failure, detail: { rollingBack: true, cause: causeOf(error) } }],
        patch: { nextAttemptAt: new Date(ctx.clock.now().getTime() + sweepPauseMs(run.sweeps)), sweeps: run.sweeps + 1 },
        release: true,
      },
    )
  }
}

/** False where there was nothing to give back. Throws PAYMENT_PENDING while the payment may still clear. */
async function giveBack(ctx: ProvisioningContext, run: Run): Promise<boolean> {
  if (run.origin === 'operator' || run.refundKey === null) return false
  const checkout = await ctx.billing.fetchCheckout(run.checkoutSessionId)
  // It would be charged after all, with nobody left to give it back.
  if (checkout?.status === 'complete' && checkout.paymentStatus === 'unpaid') throw new GangwayError('PAYMENT_PENDING')
  if (!checkout || checkout.paymentStatus !== 'paid') return false
  await ctx.billing.refund(run.checkoutSessionId, run.refundKey)
  return true
}
