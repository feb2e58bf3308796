import type { BootstrapContext } from '../context.ts'
import { GangwayError } from '../errors/gangway-error.ts'
import type { TableDeclaration, TableState } from '../ports/warehouse.ts'
import { checkDeclarations } from './check-declarations.ts'
import { CENTRAL_DATASET, CENTRAL_LABELS, META_TABLES } from './meta-tables.ts'

export interface BootstrapProgress {
  table: TableState
  /** Counts from 1. */
  done: number
  total: number
}

export interface MetaTablesInput {
  tables?: readonly TableDeclaration[]
  /** Called after each table. */
  onProgress?: (progress: BootstrapProgress) => void
}

/**
 * Creates the central dataset and its tables, and adds the nullable columns that are missing; any number of processes
 * may do so at once. A drifted table is reported and left as it is. Throws SYSTEM_NOT_READY for a faulty declaration
 * before any call is made, DATASET_CONFLICT when the dataset's name is somebody else's, and what the warehouse throws.
 */
export async function ensureMetaTables(
  ctx: Pick<BootstrapContext, 'warehouse' | 'log'>,
  { tables = META_TABLES, onProgress }: MetaTablesInput = {},
): Promise<TableState[]> {
  const problems = checkDeclarations(tables)
  if (problems.length > 0) {
    const lines = problems.map(({ table, fault, name }) => `${table}: ${fault} (${name})`)
    throw new GangwayError('SYSTEM_NOT_READY', { cause: new Error(lines.join('; ')) })
  }

  await ctx.warehouse.ensureDataset(CENTRAL_DATASET, CENTRAL_LABELS)
  const states: TableState[] = []
  for (const table of tables) {
    const state = await ctx.warehouse.ensureTable(CENTRAL_DATASET, table)
    states.push(state)
    if (state.state === 'drifted')
      ctx.log.warn({ table: state.name, drift: state.drift }, 'A meta table differs from its declaration')
    onProgress?.({ table: state, done: states.length, total: tables.length })
  }
  return states
}
