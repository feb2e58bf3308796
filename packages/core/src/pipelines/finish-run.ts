import { inTransaction } from '@gangway/db/transaction'
import type { PipelinesContext } from '../context.ts'
import { classify, GangwayError } from '../errors/index.ts'
import { settleQuota } from '../quotas/index.ts'
import { recordFirstValue } from '../telemetry/index.ts'
import { readFirstValue } from './first-value.ts'
import { type HeldRun, writeRun } from './run-row.ts'
import { closeSteps } from './step-log.ts'

const LET_GO = { leaseToken: null, leaseExpiresAt: null }

/** The run, its last step and its quota are done together. Throws LOCK_LOST. */
export async function succeed(
  ctx: PipelinesContext,
  held: HeldRun,
  { rowsLoaded, at }: { rowsLoaded: number; at: Date },
): Promise<void> {
  const { id: runId, attempt, orgId, provider } = held.run
  const isFirst = await inTransaction(ctx.db, async (tx) => {
    const before = await readFirstValue({ db: tx }, { orgId })
    await writeRun(tx, held, { ...LET_GO, state: 'succeeded', finishedAt: at, rowsLoaded })
    await closeSteps(tx, { runId, attempt }, { status: 'succeeded', finishedAt: at, detail: { rowsLoaded } })
    await settleQuota(tx, { runId, state: 'used' })
    if (before === null) await recordFirstValue(tx, { orgId, provider, at })
    return before === null
  })
  ctx.log.info({ runId, orgId, provider, rowsLoaded, firstValue: isFirst }, 'a pipeline run succeeded')
}

/** Gives the quota back and leaves it to a job to tell the warehouse, which may be what has failed. Throws LOCK_LOST. */
export async function fail(ctx: PipelinesContext, held: HeldRun, error: unknown): Promise<void> {
  const { id: runId, attempt, orgId, provider } = held.run
  const { code } = classify(error)
  const errorId = ctx.ids.errorId()
  ctx.log.error({ err: error, errorId, code, runId, orgId, provider }, 'a pipeline run failed')
  const at = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    await writeRun(tx, held, { ...LET_GO, state: 'failed', finishedAt: at, failure: { code, errorId } })
    const detail = error instanceof GangwayError && error.details ? { detail: error.details } : {}
    await closeSteps(tx, { runId, attempt }, { status: 'failed', finishedAt: at, errorCode: code, errorId, ...detail })
    await settleQuota(tx, { runId, state: 'released' })
    await ctx.jobs.enqueue(tx, 'pipelines.record', { runId })
  })
}
