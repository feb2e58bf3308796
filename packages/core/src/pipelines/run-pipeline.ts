import { inTransaction } from '@gangway/db/transaction'
import type { PipelinesContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { findIntegration, openHealthyKey } from '../integrations/index.ts'
import { renewHold, reserveQuota } from '../quotas/index.ts'
import { checkRecords } from './check-records.ts'
import { fetchReports } from './fetch-reports.ts'
import { fail, succeed } from './finish-run.ts'
import { claimRun, keepHold } from './hold-run.ts'
import { hasStaged, loadBatches } from './load-batches.ts'
import { recordRun } from './record-run.ts'
import type { HeldRun } from './run-row.ts'
import { stageBatches, type ToLoad } from './stage-batches.ts'
import { openStep, performStep } from './step-log.ts'
import { withRetries } from './with-retries.ts'

/** A run whose workers died so often is given up. */
const MOST_ATTEMPTS = 3

/**
 * Takes a run to its end, wherever its last worker left it. Any number of workers may be told to: one does. A run that
 * fails says so in its row; throws only where that could not be written.
 */
export async function runPipeline(ctx: PipelinesContext, { runId }: { runId: string }): Promise<void> {
  const held = await claimRun(ctx, runId)
  if (!held) return
  const over = new AbortController()
  const beating = keepHold(ctx, held, { signal: over.signal, onLost: () => over.abort('lost') })
  try {
    await perform(ctx, held, over.signal)
  } catch (error) {
    if (isLost(error) || over.signal.aborted) return
    await fail(ctx, held, error)
  } finally {
    over.abort('over')
    await beating
  }
}

async function perform(ctx: PipelinesContext, held: HeldRun, signal: AbortSignal): Promise<void> {
  const { run } = held
  if (run.attempt > MOST_ATTEMPTS) throw new GangwayError('PIPELINE_INTERRUPTED')
  await keepQuota(ctx, held)
  const tables = (await hasStaged(ctx, run.id)) ? [] : await fetchAndCheck(ctx, held, signal)
  const rowsLoaded = await performStep(ctx, { held, step: 'load' }, async () => {
    const staged = tables.length > 0 ? await stageBatches(ctx, held, tables) : 0
    const result = await loadBatches(ctx, held, signal)
    return { result, detail: { staged, rowsLoaded: result } }
  })
  await openStep(ctx, { held, step: 'record' })
  const at = ctx.clock.now()
  await recordRun(ctx, held, { status: 'SUCCEEDED', at, rowsLoaded, signal })
  await succeed(ctx, held, { rowsLoaded, at })
}

/** The reservation of the start, or, where a crash has outlasted it, another one. */
async function keepQuota(ctx: PipelinesContext, held: HeldRun): Promise<void> {
  const { id: runId, orgId } = held.run
  const at = ctx.clock.now()
  const isHeld = await inTransaction(ctx.db, (tx) => renewHold(tx, { runId, at }))
  if (isHeld) return
  await performStep(ctx, { held, step: 'reserve_quota' }, async () => {
    await inTransaction(ctx.db, (tx) => reserveQuota(tx, { orgId, runId, at }))
    return { result: undefined, detail: { again: true } }
  })
}

async function fetchAndCheck(ctx: PipelinesContext, held: HeldRun, signal: AbortSignal): Promise<ToLoad[]> {
  const { orgId, provider, rangeFrom, rangeTo } = held.run
  const range = { from: rangeFrom, to: rangeTo }
  const key = await performStep(ctx, { held, step: 'decrypt_credential' }, async () => {
    const integration = await findIntegration(ctx, { orgId, provider })
    const result = await openHealthyKey(ctx, integration, (call) => withRetries(ctx, signal, call))
    return { result, detail: { lastFour: integration.lastFour } }
  })
  const fetched = await performStep(ctx, { held, step: 'fetch' }, async () => {
    const result = await fetchReports(ctx, { provider, key, range, signal })
    const rows = Object.fromEntries(result.map(({ targetTable, records }) => [targetTable, records.length]))
    return { result, detail: { ...range, rows } }
  })
  return performStep(ctx, { held, step: 'check' }, async () => {
    const checked = fetched.map((each) => ({ targetTable: each.targetTable, ...checkRecords(each, range) }))
    const results = checked.flatMap((each) => each.results)
    if (results.some(({ passed, fatal }) => fatal && !passed))
      throw new GangwayError('PIPELINE_CHECK_FAILED', { details: { results } })
    return { result: checked, detail: { results } }
  })
}

function isLost(error: unknown): boolean {
  return error instanceof GangwayError && error.code === 'LOCK_LOST'
}
