import { tableDrift } from '@gangway/core/bootstrap'
import { GangwayError } from '@gangway/core/errors'
import type { ColumnState, TableDeclaration, TableState } from '@gangway/core/ports'
import { z } from 'zod'
import { isDuplicate, isNotFound, isOutdated } from './api-error.ts'
import { columnState, type Field, fieldSchema, newField, type Types } from './column-types.ts'
import type { Connection } from './connection.ts'
import { datasetId, nameId, type Place, placeName } from './names.ts'

const tableSchema = z.object({
  etag: z.string(),
  schema: z.object({ fields: z.array(fieldSchema) }).default({ fields: [] }),
  view: z.object({ query: z.string() }).optional(),
})

export interface FoundTable {
  etag: string
  fields: Field[]
  /** The query of a view. */
  query: string | undefined
}

/** At most so many tables are asked for at once: https://cloud.google.com/bigquery/quotas#api_request_quotas */
const AT_ONCE = 10
/** Each time, somebody else was faster. */
const TRIES = 5

export async function ensureTable(connection: Connection, dataset: string, table: TableDeclaration): Promise<TableState> {
  const { client, pacer, justCreated, columnTypes, answer } = connection
  const { name, description, columns, partitionBy, clusterBy } = table
  const place = { dataset: datasetId(dataset), table: nameId(name) }
  await pacer.wait('table', placeName(place))
  try {
    const partitioning = partitionBy === undefined ? {} : { timePartitioning: { type: 'DAY', field: partitionBy } }
    const clustering = clusterBy.length === 0 ? {} : { clustering: { fields: [...clusterBy] } }
    const schema = { fields: columns.map(newField) }
    await answer(client.dataset(place.dataset).createTable(name, { description, schema, ...partitioning, ...clustering }))
  } catch (error) {
    if (isDuplicate(error)) return addColumns(connection, place, table)
    throw error
  }
  justCreated.add(placeName(place))
  columnTypes.set(placeName(place), columns)
  return { name, state: 'created', drift: [] }
}

/** The tables and views of a dataset with their columns; null when there is no such dataset. */
export async function describeDataset(connection: Connection, dataset: string) {
  const { client, answer } = connection
  try {
    const [tables] = await answer(client.dataset(datasetId(dataset)).getTables({ maxResults: 1000 }))
    const names = tables.flatMap(({ id }) => id ?? [])
    const found: { table: string; columns: ColumnState[] }[] = []
    for (let from = 0; from < names.length; from += AT_ONCE) {
      const described = await Promise.all(
        names.slice(from, from + AT_ONCE).map((table) => describe(connection, { dataset, table })),
      )
      found.push(...described.filter((one) => one !== undefined))
    }
    return found
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

/** As BigQuery has it. Throws its 404. */
async function findTable({ client, answer }: Connection, { dataset, table }: Place): Promise<FoundTable> {
  const [metadata] = await answer(client.dataset(dataset).table(table).getMetadata())
  const { etag, schema, view } = tableSchema.parse(metadata)
  return { etag, fields: schema.fields, query: view?.query }
}

/** The types of a table's columns, among them these. Throws SYSTEM_NOT_READY when one of these is missing. */
export async function typesOf(connection: Connection, place: Place, columns: ReadonlySet<string>): Promise<Types> {
  const known = connection.columnTypes.get(placeName(place))
  if (known && [...columns].every((column) => known.has(column))) return known
  const { fields } = await findTable(connection, place)
  const found = connection.columnTypes.set(placeName(place), fields.map(columnState))
  const missing = [...columns].filter((column) => !found.has(column))
  if (missing.length === 0) return found
  throw new GangwayError('SYSTEM_NOT_READY', { cause: new Error(`${placeName(place)} has no column ${missing.join(', ')}`) })
}

async function describe(connection: Connection, place: Place) {
  try {
    const { fields } = await findTable(connection, place)
    return { table: place.table, columns: fields.map(columnState) }
  } catch (error) {
    // Deleted since it was listed, or so new that it is listed and not found.
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** What somebody else changes in between is read again: the etag tells. */
async function addColumns(connection: Connection, place: Place, declared: TableDeclaration): Promise<TableState> {
  const { client, pacer, answer } = connection
  for (let attempt = 1; ; attempt++) {
    const { etag, fields } = await findPresent(connection, place)
    const { addable, refused } = tableDrift(declared, fields.map(columnState))
    const state = { name: declared.name, state: refused.length > 0 ? 'drifted' : 'present', drift: refused } as const
    if (addable.length === 0) return state
    await pacer.wait('table', placeName(place))
    try {
      const schema = { fields: [...fields, ...addable.map(newField)] }
      await answer(client.dataset(place.dataset).table(place.table).setMetadata({ schema, etag }))
      return state
    } catch (error) {
      if (!isOutdated(error) || attempt === TRIES) throw error
    }
  }
}

/** A table whose name is taken: that it is not found will pass. */
export async function findPresent(connection: Connection, place: Place): Promise<FoundTable> {
  try {
    return await findTable(connection, place)
  } catch (error) {
    if (isNotFound(error)) throw new GangwayError('WAREHOUSE_UNAVAILABLE', { cause: error })
    throw error
  }
}
