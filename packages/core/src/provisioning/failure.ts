import type { RunFailure } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import type { Run } from './run-row.ts'

const KINDS = { customer: 'customer', transient: 'transient', never: 'permanent' } as const

/** What a failure means for the run and for the customer. The cause goes to the log, under the same id. */
export function describeFailure(ctx: ProvisioningContext, error: unknown, where: { runId: string; stage: string; attempt: number }): RunFailure {
  const { code, message, retry } = classify(error)
  const errorId = ctx.ids.errorId()
  ctx.log.error({ ...where, err: error, errorId, code }, 'stage failed')
  return { code, message, errorId, kind: KINDS[retry] }
}

/** The innermost cause, for staff: it stays in the journal and never reaches a customer's page. */
export function causeOf(error: unknown): { name: string; code?: string; message: string } {
  let innermost: Error | undefined
  for (let current = error; current instanceof Error; current = current.cause) innermost = current
  if (!innermost) return { name: typeof error, message: String(error) }
  const code: unknown = Reflect.get(innermost, 'code')
  return { name: innermost.name, ...(typeof code === 'string' && { code }), message: innermost.message.slice(0, 500) }
}

/** Pauses between the sweeper's tries: 10 s, doubled each time, at most an hour. */
export function sweepPauseMs(sweeps: number): number {
  return Math.min(10_000 * 2 ** sweeps, 3_600_000)
}

const SWEEP_FOR_MS = 24 * 60 * 60 * 1000

/** When a transient failure stops being tried again by itself. */
export function giveUpAt(run: Run): number {
  return (run.startedAt ?? run.createdAt).getTime() + SWEEP_FOR_MS
}
