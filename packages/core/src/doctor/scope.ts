import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { ProvisioningContext } from '../context.ts'
import type { ColumnState, WarehouseRow } from '../ports/index.ts'
import type { Tenant } from './tenant.ts'

/** What the checks of one organization look at, each thing asked for at most once. */
export interface Scope {
  tenant: Tenant
  /** The tables and views of the workspace, by name; undefined when there is no such dataset. */
  workspace(): Promise<Map<string, ColumnState[]> | undefined>
  /** The organization's rows in a meta table. */
  metaRows(table: string): Promise<WarehouseRow[]>
}

export function openScope({ warehouse }: Pick<ProvisioningContext, 'warehouse'>, tenant: Tenant): Scope {
  const { workspace: dataset, slug } = tenant.org
  const rows = new Map<string, Promise<WarehouseRow[]>>()
  let described: Promise<Map<string, ColumnState[]> | undefined> | undefined

  async function describe(): Promise<Map<string, ColumnState[]> | undefined> {
    const found = dataset === null ? null : await warehouse.describeDataset(dataset)
    return found ? new Map(found.map(({ table, columns }) => [table, columns])) : undefined
  }

  return {
    tenant,
    workspace: () => (described ??= describe()),
    metaRows(table) {
      const asked = rows.get(table) ?? warehouse.readRows(CENTRAL_DATASET, table, { column: 'org_slug', value: slug })
      rows.set(table, asked)
      return asked
    },
  }
}
