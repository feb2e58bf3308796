import { STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import { inTransaction } from '@gangway/db/transaction'
import { recordAudit } from '../audit/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { advance, whileHeld } from './advance.ts'
import { runById } from './find-run.ts'
import { type Fulfilment, fulfil } from './fulfil.ts'
import { backTo } from './undo.ts'
import { toView } from './view.ts'
import { write } from './write.ts'

export interface RetryInput {
  runId: string
  /** Null for an operator at the terminal. */
  actorId: string | null
  /** This stage and those after it are undone, and done anew; without it the run goes on where it stopped. */
  fromStage?: StageId
}

/** Takes up a failed run again. Throws RUN_STATE_INVALID where it has not failed, or has not come to the stage. */
export async function retryRun(ctx: ProvisioningContext, { runId, actorId, fromStage }: RetryInput): Promise<Fulfilment> {
  const { checkoutSessionId, state, stagesCompleted } = await runById(ctx, runId)
  if (state !== 'failed' || (fromStage && STAGE_IDS.indexOf(fromStage) > stagesCompleted))
    throw new GangwayError('RUN_STATE_INVALID')
  const detail = fromStage ? { fromStage } : {}
  const audited = { actorId, at: ctx.clock.now(), action: 'run.retried', subject: { type: 'run', id: runId }, detail }
  await inTransaction(ctx.db, (tx) => recordAudit(tx, audited))
  return fromStage ? retryFrom(ctx, checkoutSessionId, fromStage) : fulfil(ctx, { checkoutSessionId, resume: true })
}

async function retryFrom(ctx: ProvisioningContext, checkoutSessionId: string, fromStage: StageId): Promise<Fulfilment> {
  const { holder, lockTtlMs } = ctx.settings
  const opened = await ctx.journal.open({
    ...{ checkoutSessionId, holder, ttlMs: lockTtlMs, resume: true, starts: false },
    ...{ states: ['failed'], nextState: 'running' },
  })
  if (opened.part !== 'started') throw new GangwayError('RUN_STATE_INVALID')
  const { run, lease, owner } = opened
  const settled = whileHeld(ctx, { run, lease }, async (hold) => {
    const started = await write(ctx, { run, hold }, backTo(ctx, run, fromStage))
    await advance(ctx, { run: started, lease, owner })
  })
  return { run: toView(run), part: 'started', settled }
}
