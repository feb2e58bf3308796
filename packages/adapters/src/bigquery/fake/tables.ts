import type { Call } from './call.ts'
import { type Catalog, etagOf, type FakeTable } from './catalog.ts'
import { assertMatch } from './datasets.ts'
import { parseBody } from './parse.ts'
import { duplicate, invalid, notFound } from './refusal.ts'
import { newTableSchema, tablePatchSchema } from './resources.ts'
import { addedFields, assertTable } from './schema-rules.ts'
import { translateQuery } from './sql/translate.ts'

export async function insertTable({ service: { catalog, storage }, request, at }: Call) {
  const { schema, tableReference, ...metadata } = parseBody(newTableSchema, request.body)
  const dataset = catalog.dataset(at.dataset)
  const id = tableReference.tableId
  if (tableReference.datasetId !== dataset.id) throw invalid('The table reference names another dataset.')
  if (dataset.tables.has(id)) throw duplicate(`Table ${catalog.projectId}:${dataset.id}.${id}`)
  if (metadata.view && schema) throw invalid('Schema field shouldn’t be used as input with a view')
  assertTable({ ...metadata, tableReference }, schema?.fields ?? [])
  catalog.limit.spend('table', `${dataset.id}.${id}`)
  const table: FakeTable = { id, metadata, fields: schema?.fields ?? [], version: 1, createdAt: catalog.now() }
  // The name is taken at once: of two that come at the same time, one is a duplicate.
  dataset.tables.set(id, table)
  try {
    if (metadata.view) table.fields = await storage.fieldsOf(translateQuery(catalog, { text: metadata.view.query }))
    else await storage.createTable({ schema: dataset.schema, table: id, fields: table.fields })
  } catch (error) {
    dataset.tables.delete(id)
    throw error
  }
  return describe(catalog, { dataset: dataset.id, table })
}

export function getTable({ service: { catalog }, at }: Call) {
  return describe(catalog, { dataset: at.dataset, table: catalog.table(at.dataset, at.table) })
}

export function listTables({ service: { catalog }, request, at }: Call) {
  const from = Number(request.query.get('pageToken') ?? 0)
  const size = Number(request.query.get('maxResults') ?? 50)
  const all = [...catalog.dataset(at.dataset).tables.values()]
  const tables = all.slice(from, from + size).map((table) => {
    const { id, tableReference, type, creationTime } = describe(catalog, { dataset: at.dataset, table })
    return { kind: 'bigquery#table', id, tableReference, type, creationTime }
  })
  const more = from + size < all.length ? { nextPageToken: String(from + size) } : {}
  return { kind: 'bigquery#tableList', totalItems: all.length, tables, ...more }
}

export async function patchTable({ service: { catalog, storage }, request, at }: Call) {
  const patch = parseBody(tablePatchSchema, request.body)
  const table = catalog.table(at.dataset, at.table)
  assertMatch(request.headers, etagOf(table))
  catalog.limit.spend('table', `${at.dataset}.${at.table}`)
  if (patch.view) {
    if (!table.metadata.view) throw invalid('Cannot change a table into a view.')
    table.fields = await storage.fieldsOf(translateQuery(catalog, { text: patch.view.query }))
    table.metadata.view = patch.view
  }
  if (patch.schema) {
    const added = addedFields(table.fields, patch.schema.fields)
    // Before the wait, so that of two changes at the same time the second meets a new etag.
    table.fields = [...table.fields, ...added]
    table.version += 1
    await storage.addColumns({ schema: catalog.dataset(at.dataset).schema, table: table.id, fields: added })
  } else table.version += 1
  table.metadata.description = patch.description ?? table.metadata.description
  return describe(catalog, { dataset: at.dataset, table })
}

export async function deleteTable({ service: { catalog, storage }, at }: Call): Promise<undefined> {
  const dataset = catalog.dataset(at.dataset)
  const table = dataset.tables.get(at.table)
  if (!table) throw notFound(`Table ${catalog.projectId}:${at.dataset}.${at.table}`)
  dataset.tables.delete(at.table)
  if (!table.metadata.view) await storage.dropTable(dataset.schema, at.table)
}

function describe({ projectId }: Catalog, { dataset, table }: { dataset: string; table: FakeTable }) {
  const { id, metadata, fields, createdAt } = table
  return {
    kind: 'bigquery#table',
    id: `${projectId}:${dataset}.${id}`,
    etag: etagOf(table),
    tableReference: { projectId, datasetId: dataset, tableId: id },
    type: metadata.view ? 'VIEW' : 'TABLE',
    schema: { fields },
    creationTime: String(createdAt),
    view: metadata.view,
    description: metadata.description,
    timePartitioning: metadata.timePartitioning,
    clustering: metadata.clustering,
  }
}
