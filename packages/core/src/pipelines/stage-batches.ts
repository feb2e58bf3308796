import { integrationCredentials, pipelineBatches, pipelineLoadedDays } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { and, between, eq } from 'drizzle-orm'
import type { PipelinesContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import type { SourceRecord, TargetTable } from './records.ts'
import { type HeldRun, writeRun } from './run-row.ts'

/** More rows than this go into several load jobs. */
const BATCH_ROWS = 5000

export interface ToLoad {
  targetTable: TargetTable
  records: readonly SourceRecord[]
}

/**
 * Writes down what has to be loaded: records that are new, or say something else than when they were last loaded. Of two
 * runs at the same time, the second sees what the first has written down. Answers how many rows that is.
 */
export async function stageBatches(ctx: PipelinesContext, held: HeldRun, tables: readonly ToLoad[]): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    await writeRun(tx, held, {})
    await lockIntegration(tx, held)
    let staged = 0
    for (const table of tables) staged += await stageTable(ctx, tx, { held, ...table })
    return staged
  })
}

/** Puts the runs of one integration in a row. */
async function lockIntegration(tx: Tx, { run }: HeldRun): Promise<void> {
  const { id, orgId, provider } = integrationCredentials
  const locked = await tx
    .select({ id })
    .from(integrationCredentials)
    .where(and(eq(orgId, run.orgId), eq(provider, run.provider)))
    .for('update')
  if (locked.length === 0) throw new GangwayError('INTEGRATION_NOT_FOUND')
}

async function stageTable(
  ctx: PipelinesContext,
  tx: Tx,
  { held, targetTable, records }: ToLoad & { held: HeldRun },
): Promise<number> {
  const { run, workspace, orgSlug } = held
  const key = { orgId: run.orgId, dataset: workspace, provider: run.provider, targetTable }
  const loaded = await loadedDays(tx, held, targetTable)
  const changed = records.filter(({ day, recordId, digest }) => loaded.get(day)?.[recordId] !== digest)
  const createdAt = ctx.clock.now()
  for (let start = 0; start < changed.length; start += BATCH_ROWS) {
    const rows = changed.slice(start, start + BATCH_ROWS).map(({ recordId, columns }) => ({
      ...{ org_slug: orgSlug, record_id: recordId, ...columns },
      ...{ pipeline_run_id: run.id, recorded_at: createdAt.toISOString() },
    }))
    await tx.insert(pipelineBatches).values({ id: ctx.ids.uuid(), ...key, runId: run.id, rows, rowCount: rows.length, createdAt })
  }
  for (const [usageDate, ofDay] of Map.groupBy(changed, ({ day }) => day)) {
    const digests = { ...loaded.get(usageDate), ...Object.fromEntries(ofDay.map(({ recordId, digest }) => [recordId, digest])) }
    const { dataset, provider, targetTable: table, usageDate: day } = pipelineLoadedDays
    await tx
      .insert(pipelineLoadedDays)
      .values({ ...key, usageDate, digests })
      .onConflictDoUpdate({ target: [dataset, provider, table, day], set: { digests } })
  }
  return changed.length
}

async function loadedDays(tx: Tx, { run, workspace }: HeldRun, targetTable: TargetTable) {
  const { dataset, provider, targetTable: table, usageDate, digests } = pipelineLoadedDays
  const rows = await tx
    .select({ usageDate, digests })
    .from(pipelineLoadedDays)
    .where(
      and(
        eq(dataset, workspace),
        eq(provider, run.provider),
        eq(table, targetTable),
        between(usageDate, run.rangeFrom, run.rangeTo),
      ),
    )
  return new Map(rows.map((row) => [row.usageDate, row.digests]))
}
