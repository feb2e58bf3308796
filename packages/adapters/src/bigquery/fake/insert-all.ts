import type { Call } from './call.ts'
import { parseBody } from './parse.ts'
import { notFound } from './refusal.ts'
import { insertAllSchema } from './resources.ts'
import { rowProblem } from './row-rules.ts'

/** Streams rows in. A new table is not found for a while: https://cloud.google.com/bigquery/docs/error-messages#streaming */
export async function insertAll({ service: { catalog, storage }, request, at }: Call) {
  const { rows } = parseBody(insertAllSchema, request.body)
  const table = catalog.table(at.dataset, at.table)
  if (catalog.now() < table.createdAt + catalog.settings.streamableAfterMs)
    throw notFound(`Table ${catalog.projectId}:${at.dataset}.${at.table}`)
  const insertErrors = rows.flatMap(({ json }, index) => {
    const message = rowProblem(table.fields, json)
    return message === undefined ? [] : [{ index, errors: [{ reason: 'invalid', location: '', message }] }]
  })
  const answer = { kind: 'bigquery#tableDataInsertAllResponse' }
  if (insertErrors.length > 0) return { ...answer, insertErrors }
  const { schema, reused } = catalog.dataset(at.dataset)
  if (!reused) await storage.append({ schema, table: at.table, rows: rows.map(({ json }) => json) })
  return answer
}
