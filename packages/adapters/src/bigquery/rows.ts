import { BigQueryDate, BigQueryTimestamp } from '@google-cloud/bigquery'
import type { ColumnState, LoadJob, RowFilter, WarehouseRow, WarehouseValue } from '@gangway/core/ports'
import { z } from 'zod'
import type { Connection } from './connection.ts'
import { runLoadJob } from './load-jobs.ts'
import { bigQueryJobId, nameId, type Place, placeName, tablePath } from './names.ts'
import { typesOf } from './tables.ts'

export async function loadRows(connection: Connection, place: Place, { jobId, rows }: LoadJob): Promise<void> {
  if (rows.length === 0) return
  placeName(place)
  const id = bigQueryJobId(place.dataset, jobId)
  const underWay = connection.loads.get(id)
  if (underWay) return underWay
  const load = loadUnder(connection, { id, place, rows }).finally(() => connection.loads.delete(id))
  connection.loads.set(id, load)
  return load
}

interface RowsToLoad {
  id: string
  place: Place
  rows: readonly WarehouseRow[]
}

async function loadUnder(connection: Connection, { id, place, rows }: RowsToLoad): Promise<void> {
  const types = await typesOf(connection, place, new Set(rows.flatMap((row) => Object.keys(row))))
  const ndjson = rows.map((row) => {
    return JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, stored(types.get(name), value)])))
  })
  await runLoadJob(connection, { id, place, ndjson: ndjson.join('\n') })
}

export async function readRows(connection: Connection, place: Place, { column, value }: RowFilter): Promise<WarehouseRow[]> {
  const { client, projectId, location, answer } = connection
  const query = `SELECT * FROM ${tablePath(projectId, place)} WHERE \`${nameId(column)}\` = @value`
  const [rows] = await answer(client.query({ query, params: { value }, location, parseJSON: true }))
  return z.array(rowSchema).parse(rows)
}

/** A day has no time of day: BigQuery refuses a DATE with one. */
function stored(type: ColumnState['type'] | undefined, value: WarehouseValue): WarehouseValue {
  return type === 'DATE' && value instanceof Date ? value.toISOString().slice(0, 10) : value
}

/** What the SDK makes of each type. A NUMERIC is a number of arbitrary size, known by its method: no JSON value has one. */
const numericSchema = z.custom<{ toFixed(): string }>(
  (value) => typeof value === 'object' && value !== null && 'toFixed' in value && typeof value.toFixed === 'function',
)
const valueSchema: z.ZodType<WarehouseValue> = z.union([
  z.null(),
  z.string(),
  z.number(),
  z.nan(),
  z.boolean(),
  z.instanceof(BigQueryTimestamp).transform(({ value }) => new Date(value)),
  z.instanceof(BigQueryDate).transform(({ value }) => value),
  numericSchema.transform((value) => value.toFixed()),
  z.record(z.string(), z.unknown()),
])
const rowSchema = z.record(z.string(), valueSchema)
