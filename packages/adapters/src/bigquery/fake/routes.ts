import type { Call, Handler } from './call.ts'
import { deleteDataset, getDataset, insertDataset, listDatasets, patchDataset } from './datasets.ts'
import { insertAll } from './insert-all.ts'
import { insertLoadJob } from './load-jobs.ts'
import { cancelJob, getJob, getQueryResults, insertQueryJob, query } from './query-jobs.ts'
import { deleteTable, getTable, insertTable, listTables, patchTable } from './tables.ts'

/** https://cloud.google.com/bigquery/docs/reference/rest, below `projects/{projectId}`. */
const HANDLERS: Record<string, Handler> = {
  'POST /datasets': insertDataset,
  'GET /datasets': listDatasets,
  'GET /datasets/:dataset': getDataset,
  'PATCH /datasets/:dataset': patchDataset,
  'DELETE /datasets/:dataset': deleteDataset,
  'POST /datasets/:dataset/tables': insertTable,
  'GET /datasets/:dataset/tables': listTables,
  'GET /datasets/:dataset/tables/:table': getTable,
  'PATCH /datasets/:dataset/tables/:table': patchTable,
  'DELETE /datasets/:dataset/tables/:table': deleteTable,
  'POST /datasets/:dataset/tables/:table/insertAll': insertAll,
  'POST /jobs': insertQueryJob,
  'GET /jobs/:job': getJob,
  'POST /jobs/:job/cancel': cancelJob,
  'POST /queries': query,
  'GET /queries/:job': getQueryResults,
}
const UPLOAD: Record<string, Handler> = { 'POST /jobs': insertLoadJob }

const ROUTES = [...compile('/bigquery/v2', HANDLERS), ...compile('/upload/bigquery/v2', UPLOAD)]

export interface Route {
  handler: Handler
  projectId: string
  at: Call['at']
}

export function findRoute(method: string, path: string): Route | undefined {
  for (const { pattern, handler } of ROUTES) {
    const groups = pattern.exec(`${method} ${path}`)?.groups
    const named = (name: string) => decodeURIComponent(groups?.[name] ?? '')
    if (groups) {
      return { handler, projectId: named('project'), at: { dataset: named('dataset'), table: named('table'), job: named('job') } }
    }
  }
  return undefined
}

function compile(prefix: string, handlers: Record<string, Handler>) {
  return Object.entries(handlers).map(([route, handler]) => {
    const [method, path = ''] = route.split(' ')
    const named = path.replaceAll(/:([a-z]+)/g, '(?<$1>[^/]+)')
    return { pattern: new RegExp(`^${method} ${prefix}/projects/(?<project>[^/]+)${named}/?$`), handler }
  })
}
