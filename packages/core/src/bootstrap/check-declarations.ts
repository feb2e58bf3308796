import type { ColumnType, TableDeclaration } from '../ports/warehouse.ts'

export const DECLARATION_FAULTS = [
  'name_invalid',
  'name_reserved',
  'table_repeated',
  'column_repeated',
  'no_org_slug',
  'partition_not_a_column',
  'partition_not_a_day',
  'too_many_clustering_columns',
  'clustering_not_a_column',
  'clustering_type',
  'clustering_not_by_org',
] as const

export interface DeclarationProblem {
  table: string
  fault: (typeof DECLARATION_FAULTS)[number]
  /** The name that is at fault. */
  name: string
}

/** What Postgres (63 bytes) and BigQuery both take without quotes changing their meaning. */
const NAME = /^[a-z][a-z0-9_]{0,62}$/

/** https://cloud.google.com/bigquery/docs/schemas#column_names */
const RESERVED_PREFIXES = ['_table_', '_file_', '_partition', '_row_timestamp', '__root__', '_colidentifier']
/** https://www.postgresql.org/docs/current/ddl-system-columns.html */
const RESERVED_NAMES = ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']

const MAX_CLUSTERING_COLUMNS = 4
/** https://cloud.google.com/bigquery/docs/clustered-tables#limitations */
const CLUSTERING_TYPES: readonly ColumnType[] = ['STRING', 'INT64', 'NUMERIC', 'BOOL', 'TIMESTAMP', 'DATE']

/** Everything in the declarations that a warehouse would refuse, found without asking one. */
export function checkDeclarations(tables: readonly TableDeclaration[]): DeclarationProblem[] {
  const repeated = repeats(tables.map((table) => table.name))
  return [...repeated.map((name) => ({ table: name, fault: 'table_repeated' as const, name })), ...tables.flatMap(checkTable)]
}

function checkTable(table: TableDeclaration): DeclarationProblem[] {
  const names = table.columns.map((column) => column.name)
  const problems = [
    ...[table.name, ...names].map(checkName),
    ...repeats(names).map((name) => ({ fault: 'column_repeated' as const, name })),
    ...(names.includes('org_slug') ? [] : [{ fault: 'no_org_slug' as const, name: 'org_slug' }]),
    ...checkPartition(table),
    ...checkClustering(table),
  ]
  return problems.filter((problem) => problem !== undefined).map((problem) => ({ table: table.name, ...problem }))
}

type Fault = Omit<DeclarationProblem, 'table'>

function checkName(name: string): Fault | undefined {
  const lower = name.toLowerCase()
  if (RESERVED_NAMES.includes(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix)))
    return { fault: 'name_reserved', name }
  return NAME.test(name) ? undefined : { fault: 'name_invalid', name }
}

function checkPartition({ columns, partitionBy }: TableDeclaration): Fault[] {
  if (partitionBy === undefined) return []
  const column = columns.find(({ name }) => name === partitionBy)
  if (!column) return [{ fault: 'partition_not_a_column', name: partitionBy }]
  return column.type === 'DATE' || column.type === 'TIMESTAMP' ? [] : [{ fault: 'partition_not_a_day', name: partitionBy }]
}

function checkClustering({ columns, clusterBy }: TableDeclaration): Fault[] {
  const faults: Fault[] = clusterBy.flatMap((name): Fault[] => {
    const column = columns.find((one) => one.name === name)
    if (!column) return [{ fault: 'clustering_not_a_column', name }]
    return CLUSTERING_TYPES.includes(column.type) ? [] : [{ fault: 'clustering_type', name }]
  })
  if (clusterBy.length > MAX_CLUSTERING_COLUMNS) faults.push({ fault: 'too_many_clustering_columns', name: clusterBy.join(', ') })
  if (clusterBy[0] !== 'org_slug') faults.push({ fault: 'clustering_not_by_org', name: clusterBy[0] ?? '' })
  return faults
}

function repeats(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
