import { tableDrift } from '../bootstrap/table-drift.ts'
import { GangwayError } from '../errors/gangway-error.ts'
import type { Clock } from '../ports/clock.ts'
import type { ColumnDeclaration, DatasetLabels, Warehouse, WarehouseRow, WarehouseValue } from '../ports/warehouse.ts'
import { COMPREHENSIVE_VIEW, COMPREHENSIVE_VIEW_COLUMNS } from '../workspace/comprehensive-view.ts'
import { testClock } from './clock.ts'
import { comprehensiveView } from './comprehensive-view.ts'
import { faultPoints, type Faults } from './faults.ts'

type Method = Exclude<keyof Warehouse, 'kind'>

export interface MemoryWarehouse extends Warehouse, Faults<Method> {
  /** The names of all datasets. */
  readonly datasets: readonly string[]
}

interface Table {
  columns: ColumnDeclaration[]
  rows: WarehouseRow[]
}

interface Dataset {
  labels: DatasetLabels
  tables: Map<string, Table>
  view: { central: string; orgSlug: string } | undefined
  jobs: Set<string>
}

/** A warehouse that lives as long as the test. */
export function memoryWarehouse({ clock = testClock() }: { clock?: Clock } = {}): MemoryWarehouse {
  const { around, ...faults } = faultPoints<Method>()
  const datasets = new Map<string, Dataset>()

  function dataset(name: string): Dataset {
    const found = datasets.get(name)
    if (!found) throw new GangwayError('SYSTEM_NOT_READY', { cause: new Error(`There is no dataset ${name}.`) })
    return found
  }

  function table(datasetName: string, name: string): Table {
    const found = dataset(datasetName).tables.get(name)
    if (!found) throw new GangwayError('SYSTEM_NOT_READY', { cause: new Error(`There is no table ${name} in ${datasetName}.`) })
    return found
  }

  function rowsOf(name: string, tableName: string): WarehouseRow[] {
    const { view } = dataset(name)
    if (tableName !== COMPREHENSIVE_VIEW || !view) return table(name, tableName).rows
    const { central, orgSlug } = view
    return comprehensiveView(orgSlug, {
      profiles: table(central, 'org_profiles').rows,
      subscriptions: table(central, 'org_subscriptions').rows,
      quotas: table(central, 'org_usage_quotas').rows,
      pipelineRuns: table(name, 'pipeline_runs').rows,
      now: clock.now(),
    })
  }

  return {
    ...faults,
    kind: 'postgres',
    get datasets() {
      return [...datasets.keys()]
    },
    ping: () => around('ping', async () => {}),
    ensureDataset: (name, labels) =>
      around('ensureDataset', async () => {
        const found = datasets.get(name)
        if (found) assertOwn(found, labels)
        else datasets.set(name, { labels, tables: new Map(), view: undefined, jobs: new Set() })
        return found ? 'present' : 'created'
      }),
    ensureTable: (name, declared) =>
      around('ensureTable', async () => {
        const { tables } = dataset(name)
        const found = tables.get(declared.name)
        if (!found) {
          tables.set(declared.name, { columns: [...declared.columns], rows: [] })
          return { name: declared.name, state: 'created', drift: [] }
        }
        const { addable, refused } = tableDrift(declared, found.columns)
        found.columns.push(...addable)
        return { name: declared.name, state: refused.length > 0 ? 'drifted' : 'present', drift: refused }
      }),
    describeDataset: (name) =>
      around('describeDataset', async () => {
        const found = datasets.get(name)
        if (!found) return null
        const tables = [...found.tables].map(([tableName, { columns }]) => ({
          table: tableName,
          columns: columns.map(nameAndType),
        }))
        return found.view
          ? [...tables, { table: COMPREHENSIVE_VIEW, columns: COMPREHENSIVE_VIEW_COLUMNS.map(nameAndType) }]
          : tables
      }),
    ensureComprehensiveView: (name, central, orgSlug) =>
      around('ensureComprehensiveView', async () => {
        for (const needed of ['org_profiles', 'org_subscriptions', 'org_usage_quotas']) table(central, needed)
        table(name, 'pipeline_runs')
        dataset(name).view = { central, orgSlug }
      }),
    loadRows: (name, tableName, { jobId, rows }) =>
      around('loadRows', async () => {
        const { jobs } = dataset(name)
        const { columns, rows: kept } = table(name, tableName)
        const stored = rows.map((row) => storedRow(columns, row))
        if (!jobs.has(jobId)) kept.push(...stored)
        jobs.add(jobId)
      }),
    readRows: (name, tableName, { column, value }) =>
      around('readRows', async () => structuredClone(rowsOf(name, tableName).filter((row) => row[column] === value))),
    deleteDataset: (name, labels) =>
      around('deleteDataset', async () => {
        const found = datasets.get(name)
        if (found) assertOwn(found, labels)
        datasets.delete(name)
      }),
  }
}

function assertOwn({ labels }: Dataset, { org, run }: DatasetLabels): void {
  if (labels.org !== org || labels.run !== run) throw new GangwayError('DATASET_CONFLICT')
}

function nameAndType({ name, type }: ColumnDeclaration) {
  return { name, type }
}

function storedRow(columns: readonly ColumnDeclaration[], row: WarehouseRow): WarehouseRow {
  const unknown = Object.keys(row).find((name) => !columns.some((column) => column.name === name))
  if (unknown) throw new GangwayError('SYSTEM_NOT_READY', { cause: new Error(`There is no column ${unknown}.`) })
  return Object.fromEntries(columns.map((column) => [column.name, storedValue(column, row[column.name] ?? null)]))
}

function storedValue({ name, type, required }: ColumnDeclaration, value: WarehouseValue): WarehouseValue {
  if (value === null && required) throw new GangwayError('DATA_REJECTED', { cause: new Error(`${name} is required.`) })
  if (value === null) return null
  if (type === 'TIMESTAMP') return value instanceof Date ? value : new Date(String(value))
  if (type === 'DATE') return value instanceof Date ? value.toISOString().slice(0, 10) : value
  if (type === 'NUMERIC') return String(value)
  return structuredClone(value)
}
