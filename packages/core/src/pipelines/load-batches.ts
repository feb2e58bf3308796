import { pipelineBatches } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, asc, eq, isNotNull, isNull, sum } from 'drizzle-orm'
import { z } from 'zod'
import type { PipelinesContext } from '../context.ts'
import type { HeldRun } from './run-row.ts'
import { withRetries } from './with-retries.ts'

const rowsSchema = z.array(
  z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.record(z.string(), z.unknown())]))
    .transform((row) => ({ ...row, recorded_at: new Date(String(row['recorded_at'])) })),
)

/**
 * Loads every batch of an integration that is not loaded yet, also those that a run left behind when it failed: each by a
 * job that is named after it, so that whoever comes second adds nothing. Answers how many rows of this run are loaded.
 */
export async function loadBatches(ctx: PipelinesContext, held: HeldRun, signal: AbortSignal): Promise<number> {
  const { run, workspace } = held
  const { id, dataset, provider, loadedAt, createdAt, targetTable, rows } = pipelineBatches
  const waiting = await ctx.db
    .select({ id, targetTable, rows })
    .from(pipelineBatches)
    .where(and(eq(dataset, workspace), eq(provider, run.provider), isNull(loadedAt)))
    .orderBy(asc(createdAt), asc(id))
  for (const batch of waiting) {
    const job = { jobId: `pipeline-batch-${batch.id}`, rows: rowsSchema.parse(batch.rows) }
    await withRetries(ctx, signal, () => ctx.warehouse.loadRows(workspace, batch.targetTable, job))
    await inTransaction(ctx.db, (tx) =>
      tx
        .update(pipelineBatches)
        .set({ loadedAt: ctx.clock.now(), rows: [] })
        .where(and(eq(id, batch.id), isNull(loadedAt))),
    )
  }
  const [loaded] = await ctx.db
    .select({ rows: sum(pipelineBatches.rowCount).mapWith(Number) })
    .from(pipelineBatches)
    .where(and(eq(pipelineBatches.runId, run.id), isNotNull(loadedAt)))
  return loaded?.rows ?? 0
}

/** Whether the run has come so far that it does not have to fetch again. */
export async function hasStaged(ctx: PipelinesContext, runId: string): Promise<boolean> {
  const [batch] = await ctx.db
    .select({ id: pipelineBatches.id })
    .from(pipelineBatches)
    .where(eq(pipelineBatches.runId, runId))
    .limit(1)
  return batch !== undefined
}
