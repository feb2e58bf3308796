import type { LoadJob, RowFilter, WarehouseRow } from '@gangway/core/ports'
import type { WarehouseSql } from './connection.ts'
import { LOAD_JOBS } from './datasets.ts'
import { identifier, tableIn } from './names.ts'

export interface Place {
  dataset: string
  table: string
}

/** One statement: the job's row is the key that lets the rows in once, also when two callers load at the same time. */
export async function loadRows(sql: WarehouseSql, { dataset, table }: Place, { jobId, rows }: LoadJob): Promise<void> {
  if (rows.length === 0) return
  const place = tableIn(dataset, table)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map(identifier).join(', ')
  // The rows travel as text: a parameter of type jsonb would be encoded a second time by the driver.
  await sql.unsafe(
    `with job as (
       insert into ${tableIn(dataset, LOAD_JOBS)} (job_id, table_name) values ($1, $2) on conflict do nothing returning job_id
     )
     insert into ${place} (${columns})
     select ${columns} from jsonb_populate_recordset(null::${place}, $3::text::jsonb) where exists (select from job)`,
    [jobId, table, JSON.stringify(rows)],
  )
}

export async function readRows(
  sql: WarehouseSql,
  { dataset, table }: Place,
  { column, value }: RowFilter,
): Promise<WarehouseRow[]> {
  const rows = await sql.unsafe<WarehouseRow[]>(`select * from ${tableIn(dataset, table)} where ${identifier(column)} = $1`, [
    value,
  ])
  return rows.map((row) => ({ ...row }))
}
