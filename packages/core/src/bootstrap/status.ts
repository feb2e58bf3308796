import type { BootstrapStatus } from '@gangway/schemas/bootstrap'
import type { BootstrapContext } from '../context.ts'
import type { Warehouse } from '../ports/warehouse.ts'
import { CENTRAL_DATASET, META_TABLES } from './meta-tables.ts'
import { tableDrift } from './table-drift.ts'

export interface BootstrapStatusOptions {
  /** How old an answer may be; 60,000 unless told. 0 always asks. */
  maxAgeMs?: number
}

type StatusContext = Pick<BootstrapContext, 'warehouse' | 'clock'>

/** When each warehouse was last found complete. A warehouse that is not complete is asked again every time. */
const syncedAt = new WeakMap<Warehouse, { at: number; status: BootstrapStatus }>()
/** The question that is under way: a thousand runs at once ask once. */
const asking = new WeakMap<Warehouse, Promise<BootstrapStatus>>()

/** Compares the central dataset with its declaration. An answer of SYNCED is kept for `maxAgeMs`. */
export async function bootstrapStatus(
  ctx: StatusContext,
  { maxAgeMs = 60_000 }: BootstrapStatusOptions = {},
): Promise<BootstrapStatus> {
  if (maxAgeMs <= 0) return ask(ctx)
  const known = syncedAt.get(ctx.warehouse)
  if (known && ctx.clock.now().getTime() - known.at < maxAgeMs) return known.status
  const underWay = asking.get(ctx.warehouse)
  if (underWay) return underWay
  const answer = ask(ctx).finally(() => asking.delete(ctx.warehouse))
  asking.set(ctx.warehouse, answer)
  return answer
}

async function ask({ warehouse, clock }: StatusContext): Promise<BootstrapStatus> {
  const at = clock.now().getTime()
  const status = await compare(warehouse)
  if (status.status === 'SYNCED') syncedAt.set(warehouse, { at, status })
  else syncedAt.delete(warehouse)
  return status
}

async function compare(warehouse: Warehouse): Promise<BootstrapStatus> {
  const found = new Map((await warehouse.describeDataset(CENTRAL_DATASET))?.map(({ table, columns }) => [table, columns]))
  const missing = META_TABLES.filter((table) => !found.has(table.name)).map((table) => table.name)
  const drift = META_TABLES.flatMap((table) => {
    const columns = found.get(table.name)
    if (!columns) return []
    const { addable, refused } = tableDrift(table, columns)
    const lines = [...addable.map((column) => `${column.name} is missing`), ...refused]
    return lines.length === 0 ? [] : [{ table: table.name, columns: lines }]
  })
  return {
    status: missing.length > 0 ? 'NOT_SYNCED' : drift.length > 0 ? 'DRIFTED' : 'SYNCED',
    tables_expected: META_TABLES.length,
    tables_present: META_TABLES.length - missing.length,
    tables_missing: missing,
    drift,
  }
}
