import type { Catalog, FakeDataset } from './catalog.ts'
import { accessDenied } from './refusal.ts'

/** Somebody whose token is `reader:<e-mail>`: may read what the access list of a dataset says. Everybody else owns the project. */
export interface Reader {
  email: string
  /** The view through which they read. */
  view?: { datasetId: string; tableId: string }
}

export function readerOf(headers: Readonly<Record<string, string>>): Reader | undefined {
  const email = /^Bearer reader:(.+)$/.exec(headers['authorization'] ?? '')?.[1]
  return email === undefined ? undefined : { email }
}

interface Reading {
  dataset: FakeDataset
  table: string
  reader: Reader | undefined
}

/** https://cloud.google.com/bigquery/docs/authorized-views: a view may be let in where its reader may not go. */
export function assertMayRead({ projectId }: Catalog, { dataset, table, reader }: Reading): void {
  if (!reader) return
  const { email, view } = reader
  const isLetIn = dataset.access.some(
    (entry) =>
      entry.userByEmail === email ||
      (view !== undefined && entry.view?.datasetId === view.datasetId && entry.view.tableId === view.tableId),
  )
  if (isLetIn || view?.datasetId === dataset.id) return
  throw accessDenied(
    `Table ${projectId}:${dataset.id}.${table}: User does not have permission to query table, or perhaps it does not exist.`,
  )
}
