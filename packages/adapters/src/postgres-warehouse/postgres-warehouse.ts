import type { Warehouse } from '@gangway/core/ports'
import { createComprehensiveView } from './comprehensive-view.ts'
import { openWarehouse } from './connection.ts'
import { deleteDataset, ensureDataset } from './datasets.ts'
import { loadRows, readRows } from './rows.ts'
import { describeColumns, ensureTable } from './tables.ts'

export interface PostgresWarehouseOptions {
  /** As a role that may create schemas in this database. */
  url: string
  /** Connections in the pool; 4 unless told. */
  max?: number
}

export interface PostgresWarehouse extends Warehouse {
  close(): Promise<void>
}

/** Datasets are schemas, labels are their comments. Connects at the first call. Throws the driver's errors as they are. */
export function createPostgresWarehouse({ url, max = 4 }: PostgresWarehouseOptions): PostgresWarehouse {
  const sql = openWarehouse(url, max)
  return {
    kind: 'postgres',
    async ping() {
      await sql`select 1`
    },
    ensureDataset: (name, labels) => ensureDataset(sql, name, labels),
    ensureTable: (dataset, table) => ensureTable(sql, dataset, table),
    async describeDataset(name) {
      const tables = await describeColumns(sql, name)
      return tables && [...tables].map(([table, columns]) => ({ table, columns }))
    },
    async ensureComprehensiveView(dataset, central, orgSlug) {
      await sql.unsafe(createComprehensiveView(dataset, central, orgSlug))
    },
    loadRows: (dataset, table, job) => loadRows(sql, { dataset, table }, job),
    readRows: (dataset, table, filter) => readRows(sql, { dataset, table }, filter),
    deleteDataset: (name, labels) => deleteDataset(sql, name, labels),
    close: () => sql.end({ timeout: 5 }),
  }
}
