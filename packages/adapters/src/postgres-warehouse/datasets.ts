import { GangwayError } from '@gangway/core/errors'
import type { DatasetLabels } from '@gangway/core/ports'
import { sqlState } from '@gangway/db/transaction'
import { z } from 'zod'
import type { WarehouseSql } from './connection.ts'
import { identifier, literal, schemaOf } from './names.ts'

/** Remembers which load jobs are done; beside the tables, so that it is dropped with them. */
export const LOAD_JOBS = '_load_jobs'

/** Kept as the comment of the schema. */
const labelsSchema = z.object({ gangway: z.object({ org: z.string(), run: z.string() }) })

export async function ensureDataset(sql: WarehouseSql, dataset: string, labels: DatasetLabels): Promise<'created' | 'present'> {
  const schema = schemaOf(dataset)
  if (await isPresent(sql, schema, labels)) return 'present'
  try {
    // Sent as one query without parameters, so all of it happens or nothing.
    await sql.unsafe(`
      create schema ${identifier(schema)};
      comment on schema ${identifier(schema)} is ${literal(JSON.stringify({ gangway: labels }))};
      create table ${identifier(schema)}.${LOAD_JOBS} (
        job_id text primary key,
        table_name text not null,
        loaded_at timestamp with time zone not null default now()
      )`)
    return 'created'
  } catch (error) {
    if (isDuplicate(error) && (await isPresent(sql, schema, labels))) return 'present'
    throw error
  }
}

export async function deleteDataset(sql: WarehouseSql, dataset: string, labels: DatasetLabels): Promise<void> {
  const schema = schemaOf(dataset)
  if (await isPresent(sql, schema, labels)) await sql.unsafe(`drop schema if exists ${identifier(schema)} cascade`)
}

/** Another caller was faster: 42P06 and 42P07; 23505 from the catalogue, or 42710 for the table's row type, when both were under way. */
export function isDuplicate(error: unknown): boolean {
  return ['42P06', '42P07', '42710', '23505'].includes(sqlState(error) ?? '')
}

/** Throws DATASET_CONFLICT for a schema that does not carry these labels. */
async function isPresent(sql: WarehouseSql, schema: string, labels: DatasetLabels): Promise<boolean> {
  const [found] = await sql<{ labels: string | null }[]>`
    select obj_description(oid, 'pg_namespace') as labels from pg_namespace where nspname = ${schema}`
  if (!found) return false
  const owner = parseLabels(found.labels)
  if (owner?.org !== labels.org || owner.run !== labels.run) throw new GangwayError('DATASET_CONFLICT')
  return true
}

function parseLabels(comment: string | null): DatasetLabels | undefined {
  try {
    return labelsSchema.safeParse(JSON.parse(comment ?? 'null')).data?.gangway
  } catch {
    return undefined
  }
}
