import { inTransaction } from '@gangway/db/transaction'
import type { BootstrapReport } from '@gangway/schemas/bootstrap'
import { recordAudit } from '../audit/index.ts'
import type { BootstrapContext } from '../context.ts'
import { ensureMetaTables, type MetaTablesInput } from './ensure-meta-tables.ts'
import { CENTRAL_DATASET } from './meta-tables.ts'
import { resumeWaitingRuns } from './resume-waiting-runs.ts'
import { bootstrapStatus } from './status.ts'

export interface BootstrapInput extends Pick<MetaTablesInput, 'onProgress'> {
  /** Who asked, for the audit log: null for an operator at the terminal; absent when the system does it by itself. */
  actorId?: string | null
}

const SUBJECT = { type: 'dataset', id: CENTRAL_DATASET }

/**
 * Sets up the central dataset, and lets the runs go on that waited for it. Safe to repeat, also at the same time: what
 * one call was cut off from, the next one finishes. Throws what `ensureMetaTables` throws.
 */
export async function bootstrap(ctx: BootstrapContext, { actorId, onProgress }: BootstrapInput = {}): Promise<BootstrapReport> {
  if (actorId !== undefined) {
    await inTransaction(ctx.db, (tx) =>
      recordAudit(tx, { actorId, at: ctx.clock.now(), action: 'bootstrap.started', subject: SUBJECT }),
    )
  }
  const tables = await ensureMetaTables(ctx, onProgress && { onProgress })
  const status = await bootstrapStatus(ctx, { maxAgeMs: 0 })
  const runsResumed = await inTransaction(ctx.db, async (tx) => {
    const resumed = status.status === 'SYNCED' ? await resumeWaitingRuns(tx, ctx) : 0
    if (actorId !== undefined) {
      const detail = { status: status.status, drift: status.drift, runsResumed: resumed }
      await recordAudit(tx, { actorId, at: ctx.clock.now(), action: 'bootstrap.finished', subject: SUBJECT, detail })
    }
    return resumed
  })
  return { ...status, tables, runs_resumed: runsResumed }
}
