import type { RunFailure } from '@gangway/schemas/provisioning'
import { or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { ProvisioningContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import type { Clock } from '../ports/index.ts'
import type { Run } from './run-row.ts'

const KINDS = { customer: 'customer', transient: 'transient', never: 'permanent' } as const

/** What a failure means for the run and for the customer. The cause goes to the log, under the same id. */
export function describeFailure(
  ctx: ProvisioningContext,
  error: unknown,
  where: { runId: string; stage: string; attempt: number },
): RunFailure {
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
/** So many pauses make up a day. */
const SWEEPS = 32

/**
 * A transient failure stops being tried again by itself after a day. The pauses are counted as well, so that a clock that
 * has jumped ahead gives nobody up, nor somebody who reloads the page.
 */
export function isGivenUp(run: Run, now: number): boolean {
  return run.sweeps >= SWEEPS && now >= (run.startedAt ?? run.createdAt).getTime() + SWEEP_FOR_MS
}

/**
 * Due by this process's clock or by the database's. What lies further ahead than any pause was written by a clock that
 * was wrong, and is due as well.
 */
export function isDue(nextAttemptAt: AnyPgColumn, clock: Clock): SQL | undefined {
  const now = sql`greatest(now(), ${clock.now().toISOString()}::timestamptz)`
  return or(sql`${nextAttemptAt} <= ${now}`, sql`${nextAttemptAt} > ${now} + interval '2 hours'`)
}
