import { STAGE_IDS, type RunView } from '@gangway/schemas/provisioning'
import { inTransaction } from '@gangway/db/transaction'
import { recordAudit } from '../audit/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { runById } from './find-run.ts'
import { next } from './run-machine.ts'
import { toView } from './view.ts'

export interface CancelInput {
  runId: string
  /** Null for an operator at the terminal. */
  actorId: string | null
  /** For the journal and the audit log. */
  reason: string
}

/** Gives a failed run up: nothing takes it up again, and it can be rolled back. Throws RUN_STATE_INVALID for any other. */
export async function cancelRun(ctx: ProvisioningContext, { runId, actorId, reason }: CancelInput): Promise<RunView> {
  const { checkoutSessionId } = await runById(ctx, runId)
  const { holder, lockTtlMs } = ctx.settings
  const opened = await ctx.journal.open({
    ...{ checkoutSessionId, holder, ttlMs: lockTtlMs, resume: true, starts: false },
    ...{ states: ['failed'], nextState: 'failed' },
  })
  if (opened.part !== 'started') throw new GangwayError('RUN_STATE_INVALID')
  const { run, lease } = opened
  const stage = STAGE_IDS[Math.min(run.stagesCompleted, STAGE_IDS.length - 1)] ?? 'finalize'
  const cancelled = await ctx.journal.record({
    run,
    lease,
    step: {
      events: [
        {
          stage,
          status: 'failed',
          attempt: 1,
          detail: { cancelled: true, reason },
          ...(run.failure && { failure: run.failure }),
        },
      ],
      patch: { state: next('failed', 'cancel'), nextAttemptAt: null },
      release: true,
    },
  })
  ctx.wakeups.wake(runId)
  const audited = {
    actorId,
    at: ctx.clock.now(),
    action: 'run.cancelled',
    subject: { type: 'run', id: runId },
    detail: { reason },
  }
  await inTransaction(ctx.db, (tx) => recordAudit(tx, audited))
  return toView(cancelled)
}
