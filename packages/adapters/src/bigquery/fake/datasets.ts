import { type Access, datasetPatchSchema, newDatasetSchema } from './resources.ts'
import type { Call } from './call.ts'
import { type Catalog, etagOf, type FakeDataset } from './catalog.ts'
import { parseBody } from './parse.ts'
import { duplicate, invalid, notFound, Refusal } from './refusal.ts'

/** https://cloud.google.com/bigquery/docs/access-control-basic-roles#dataset-basic-roles */
const DEFAULT_ACCESS: Access[] = [
  { role: 'OWNER', specialGroup: 'projectOwners' },
  { role: 'WRITER', specialGroup: 'projectWriters' },
  { role: 'READER', specialGroup: 'projectReaders' },
]

export async function insertDataset({ service: { catalog, storage }, request }: Call) {
  const { datasetReference, labels = {}, location = 'US', description, access } = parseBody(newDatasetSchema, request.body)
  const id = datasetReference.datasetId
  if (catalog.datasets.has(id)) throw duplicate(`Dataset ${catalog.projectId}:${id}`)
  catalog.limit.spend('dataset', id)
  const dataset: FakeDataset = {
    ...{ id, labels, description, location, access: access ?? DEFAULT_ACCESS },
    ...{ schema: catalog.newSchema(), version: 1, createdAt: catalog.now(), tables: new Map(), reused: catalog.names.has(id) },
  }
  catalog.datasets.set(id, dataset)
  catalog.names.add(id)
  await storage.createSchema(dataset.schema)
  return describe(catalog, dataset)
}

export function getDataset({ service: { catalog }, at }: Call) {
  return describe(catalog, catalog.dataset(at.dataset))
}

export function listDatasets({ service: { catalog } }: Call) {
  const datasets = [...catalog.datasets.values()].map((dataset) => describe(catalog, dataset))
  const listed = datasets.map(({ id, datasetReference, labels, location }) => ({ id, datasetReference, labels, location }))
  return { kind: 'bigquery#datasetList', datasets: listed }
}

export function patchDataset({ service: { catalog }, request, at }: Call) {
  const patch = parseBody(datasetPatchSchema, request.body)
  const dataset = catalog.dataset(at.dataset)
  assertMatch(request.headers, etagOf(dataset))
  catalog.limit.spend('dataset', dataset.id)
  if (patch.access) {
    assertViews(catalog, patch.access)
    dataset.access = patch.access
  }
  dataset.labels = { ...dataset.labels, ...patch.labels }
  dataset.description = patch.description ?? dataset.description
  dataset.version += 1
  return describe(catalog, dataset)
}

export async function deleteDataset({ service: { catalog, storage }, request, at }: Call): Promise<undefined> {
  const dataset = catalog.dataset(at.dataset)
  if (dataset.tables.size > 0 && request.query.get('deleteContents') !== 'true') {
    throw new Refusal({
      status: 400,
      reason: 'resourceInUse',
      message: `Dataset ${catalog.projectId}:${dataset.id} is still in use`,
    })
  }
  catalog.datasets.delete(dataset.id)
  await storage.dropSchema(dataset.schema)
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/datasets/patch: If-Match with an old etag is refused. */
export function assertMatch(headers: Readonly<Record<string, string>>, etag: string): void {
  const expected = headers['if-match']
  if (expected !== undefined && expected !== etag)
    throw new Refusal({ status: 412, reason: 'conditionNotMet', message: 'Precondition check failed.' })
}

function assertViews(catalog: Catalog, access: readonly Access[]): void {
  const views = access.flatMap(({ view }) => view ?? [])
  if (views.length > catalog.settings.authorizedViews) throw invalid('Too many authorized views in the access list.')
  const named = views.map(({ datasetId, tableId }) => `${datasetId}.${tableId}`)
  if (new Set(named).size !== named.length) throw invalid('The access list names a view twice.')
  for (const { datasetId, tableId } of views) {
    if (!catalog.datasets.get(datasetId)?.tables.get(tableId)?.metadata.view)
      throw notFound(`View ${catalog.projectId}:${datasetId}.${tableId}`)
  }
}

function describe({ projectId }: Catalog, dataset: FakeDataset) {
  const { id, labels, access, location, description, createdAt } = dataset
  return {
    kind: 'bigquery#dataset',
    id: `${projectId}:${id}`,
    etag: etagOf(dataset),
    datasetReference: { projectId, datasetId: id },
    creationTime: String(createdAt),
    ...{ labels, access, location, description, type: 'DEFAULT' },
  }
}
