import type { Warehouse } from '../ports/warehouse.ts'
import { VALIDATION_TABLE, WORKSPACE_TABLES } from './tables.ts'

/** Whether anything is in the workspace beside what its making left there. Whatever is loaded comes with a pipeline run, so those are asked first. */
export async function hasCustomerRows(
  { warehouse }: { warehouse: Warehouse },
  { dataset, orgSlug }: { dataset: string; orgSlug: string },
): Promise<boolean> {
  const there = new Set((await warehouse.describeDataset(dataset))?.map(({ table }) => table))
  const tables = WORKSPACE_TABLES.map(({ name }) => name).filter((name) => name !== VALIDATION_TABLE && there.has(name))
  for (const table of ['pipeline_runs', ...tables.filter((name) => name !== 'pipeline_runs')]) {
    if (!there.has(table)) continue
    const rows = await warehouse.readRows(dataset, table, { column: 'org_slug', value: orgSlug })
    if (rows.length > 0) return true
  }
  return false
}
