import { tableDrift } from '@gangway/core/bootstrap'
import type { ColumnState, TableDeclaration, TableState } from '@gangway/core/ports'
import { columnType, postgresType } from './column-types.ts'
import type { WarehouseSql } from './connection.ts'
import { isDuplicate, LOAD_JOBS } from './datasets.ts'
import { identifier, literal, schemaOf, tableIn } from './names.ts'

export async function ensureTable(sql: WarehouseSql, dataset: string, table: TableDeclaration): Promise<TableState> {
  const found = (await describeColumns(sql, dataset, table.name))?.get(table.name)
  if (found) return alterTable(sql, dataset, { table, found })
  try {
    await sql.unsafe(createTable(dataset, table))
    return { name: table.name, state: 'created', drift: [] }
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const theirs = (await describeColumns(sql, dataset, table.name))?.get(table.name)
    if (!theirs) throw error
    return alterTable(sql, dataset, { table, found: theirs })
  }
}

/** The tables and views of a dataset, or one of them; null when there is no such dataset. */
export async function describeColumns(
  sql: WarehouseSql,
  dataset: string,
  only?: string,
): Promise<Map<string, ColumnState[]> | null> {
  const rows = await sql<{ table: string | null; name: string; type: string }[]>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_namespace n
    left join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'v') and c.relname <> ${LOAD_JOBS}
      and (${only ?? null}::text is null or c.relname = ${only ?? null})
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = ${schemaOf(dataset)}
    order by c.relname, a.attnum`
  if (rows.length === 0) return null
  const tables = new Map<string, ColumnState[]>()
  for (const { table, name, type } of rows) {
    if (table !== null) tables.set(table, [...(tables.get(table) ?? []), { name, type: columnType(type) }])
  }
  return tables
}

async function alterTable(
  sql: WarehouseSql,
  dataset: string,
  { table, found }: { table: TableDeclaration; found: readonly ColumnState[] },
): Promise<TableState> {
  const { addable, refused } = tableDrift(table, found)
  if (addable.length > 0) {
    const additions = addable.map(({ name, type }) => `add column if not exists ${identifier(name)} ${postgresType(type)}`)
    await sql.unsafe(`alter table ${tableIn(dataset, table.name)} ${additions.join(', ')}`)
  }
  return { name: table.name, state: refused.length > 0 ? 'drifted' : 'present', drift: refused }
}

/** A table of one organization is small: an index on what BigQuery clusters and partitions by stands in for both. */
function createTable(dataset: string, { name, description, columns, partitionBy, clusterBy }: TableDeclaration): string {
  const place = tableIn(dataset, name)
  const definitions = columns.map(
    (column) => `${identifier(column.name)} ${postgresType(column.type)}${column.required ? ' not null' : ''}`,
  )
  const indexed = [...new Set([...clusterBy, ...(partitionBy === undefined ? [] : [partitionBy])])]
  return `
    create table ${place} (${definitions.join(', ')});
    comment on table ${place} is ${literal(description)};
    create index on ${place} (${indexed.map(identifier).join(', ')})`
}
