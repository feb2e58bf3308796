import { CENTRAL_DATASET } from '../bootstrap/meta-tables.ts'
import { GangwayError } from '../errors/gangway-error.ts'
import type { Clock } from '../ports/clock.ts'
import type { TableState, Warehouse } from '../ports/warehouse.ts'
import { VALIDATION_TABLE, WORKSPACE_TABLES } from './tables.ts'

export interface Workspace {
  dataset: string
  orgSlug: string
  runId: string
}

export interface WorkspaceSetup {
  dataset: 'created' | 'present'
  tables: TableState[]
}

/**
 * Makes a workspace, or what is missing of it: dataset, tables, view, and one row that went in and came back out.
 * Throws DATASET_CONFLICT when the dataset is another run's, and WORKSPACE_NOT_VERIFIED when it does not hold what it should.
 */
export async function setUpWorkspace(ctx: { warehouse: Warehouse; clock: Clock }, workspace: Workspace): Promise<WorkspaceSetup> {
  const { dataset, orgSlug, runId } = workspace
  const made = await ctx.warehouse.ensureDataset(dataset, { org: orgSlug, run: runId })
  const tables: TableState[] = []
  for (const table of WORKSPACE_TABLES) tables.push(await ctx.warehouse.ensureTable(dataset, table))
  const drifted = tables.filter((table) => table.state === 'drifted')
  if (drifted.length > 0) {
    const lines = drifted.map((table) => `${table.name}: ${table.drift.join(', ')}`)
    throw new GangwayError('WORKSPACE_NOT_VERIFIED', { cause: new Error(lines.join('; ')) })
  }
  await verifyWorkspace(ctx, workspace)
  await ctx.warehouse.ensureComprehensiveView(dataset, CENTRAL_DATASET, orgSlug)
  return { dataset: made, tables }
}

async function verifyWorkspace(
  ctx: { warehouse: Warehouse; clock: Clock },
  { dataset, orgSlug, runId }: Workspace,
): Promise<void> {
  const row = { org_slug: orgSlug, run_id: runId, message: 'This workspace works.', recorded_at: ctx.clock.now() }
  await ctx.warehouse.loadRows(dataset, VALIDATION_TABLE, { jobId: `validation-${runId}-${dataset}`, rows: [row] })
  const found = await ctx.warehouse.readRows(dataset, VALIDATION_TABLE, { column: 'run_id', value: runId })
  if (found.length !== 1) {
    throw new GangwayError('WORKSPACE_NOT_VERIFIED', {
      cause: new Error(`${found.length} validation rows of run ${runId} in ${dataset}`),
    })
  }
}
