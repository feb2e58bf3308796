import type { RunFailure } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../context.ts'
import { classify } from '../errors/index.ts'

const KINDS = { customer: 'customer', transient: 'transient', never: 'permanent' } as const

/** What a failure means for the run and for the customer. The cause goes to the log, under the same id. */
export function describeFailure(ctx: ProvisioningContext, error: unknown, where: { runId: string; stage: string; attempt: number }): RunFailure {
  const { code, message, retry } = classify(error)
  const errorId = ctx.ids.errorId()
  ctx.log.error({ ...where, err: error, errorId, code }, 'stage failed')
  return { code, message, errorId, kind: KINDS[retry] }
}

/** Pauses between the sweeper's tries: 10 s, doubled each time, at most an hour. */
export function sweepPauseMs(sweeps: number): number {
  return Math.min(10_000 * 2 ** sweeps, 3_600_000)
}

/** A transient failure is tried again for this long. */
export const SWEEP_FOR_MS = 24 * 60 * 60 * 1000
