import postgres from 'postgres'
import { invalidQuery } from './refusal.ts'
import type { Field, FieldType } from './resources.ts'
import { DEFINE_FUNCTIONS } from './sql/functions.ts'
import { identifier } from './sql/quote.ts'
import type { PostgresQuery } from './sql/translate.ts'

/** https://www.postgresql.org/docs/current/catalog-pg-type.html */
const FIELD_TYPES: Record<number, FieldType> = {
  16: 'BOOLEAN',
  20: 'INTEGER',
  23: 'INTEGER',
  25: 'STRING',
  701: 'FLOAT',
  1082: 'DATE',
  1184: 'TIMESTAMP',
  1700: 'NUMERIC',
  3802: 'JSON',
}

const COLUMN_TYPES: Record<FieldType, string> = {
  STRING: 'text',
  INTEGER: 'bigint',
  FLOAT: 'double precision',
  NUMERIC: 'numeric',
  BOOLEAN: 'boolean',
  TIMESTAMP: 'timestamp with time zone',
  DATE: 'date',
  JSON: 'jsonb',
  BYTES: 'bytea',
  DATETIME: 'timestamp',
}

/** Every value comes as Postgres writes it. */
const AS_TEXT = { text: { to: 25, from: Object.keys(FIELD_TYPES).map(Number), parse: String, serialize: String } }

export interface Results {
  fields: Field[]
  rows: (string | null)[][]
}

interface Place {
  schema: string
  table: string
}

/** The rows, and the queries over them, which really run: on Postgres. */
export async function openStorage(url: string) {
  const sql = postgres(url, {
    max: 4,
    types: AS_TEXT,
    connection: { application_name: 'fake-bigquery', TimeZone: 'UTC' },
    onnotice: () => {},
  })
  await sql.unsafe(DEFINE_FUNCTIONS)
  const schemas = new Set<string>()

  async function dropSchema(schema: string): Promise<void> {
    schemas.delete(schema)
    await sql.unsafe(`drop schema if exists ${identifier(schema)} cascade`)
  }

  async function run({ text, values }: PostgresQuery): Promise<Results> {
    try {
      const rows = await sql.unsafe(text, values).values()
      const fields = rows.columns.map(({ name, type }): Field => ({
        name,
        type: FIELD_TYPES[type] ?? 'STRING',
        mode: 'NULLABLE',
      }))
      return { fields, rows: rows.map((row: unknown[]) => row.map((cell) => (cell === null ? null : String(cell)))) }
    } catch (error) {
      // What Postgres refuses in a query, BigQuery refuses as well: an unknown column, a type that does not fit.
      if (error instanceof postgres.PostgresError && /^(42|22)/.test(error.code)) throw invalidQuery(error.message)
      throw error
    }
  }

  return {
    run,
    dropSchema,
    async createSchema(schema: string): Promise<void> {
      schemas.add(schema)
      await sql.unsafe(`create schema ${identifier(schema)}`)
    },
    async createTable({ schema, table, fields }: Place & { fields: readonly Field[] }): Promise<void> {
      const columns = fields.map(({ name, type, mode }) => {
        return `${identifier(name)} ${COLUMN_TYPES[type]}${mode === 'REPEATED' ? '[]' : ''}`
      })
      await sql.unsafe(`create table ${identifier(schema)}.${identifier(table)} (${columns.join(', ')})`)
    },
    async addColumns({ schema, table, fields }: Place & { fields: readonly Field[] }): Promise<void> {
      const columns = fields.map(({ name, type }) => `add column ${identifier(name)} ${COLUMN_TYPES[type]}`)
      if (columns.length > 0) await sql.unsafe(`alter table ${identifier(schema)}.${identifier(table)} ${columns.join(', ')}`)
    },
    async dropTable(schema: string, table: string): Promise<void> {
      await sql.unsafe(`drop table ${identifier(schema)}.${identifier(table)}`)
    },
    /** All of the rows or none. */
    async append({ schema, table, rows }: Place & { rows: readonly object[] }): Promise<void> {
      const place = `${identifier(schema)}.${identifier(table)}`
      await sql.unsafe(`insert into ${place} select * from jsonb_populate_recordset(null::${place}, $1::text::jsonb)`, [
        JSON.stringify(rows),
      ])
    },
    /** The columns that a query would answer with. */
    async fieldsOf({ text, values }: PostgresQuery): Promise<Field[]> {
      const { fields } = await run({ text: `select * from (${text}) as query limit 0`, values })
      return fields
    },
    async close(): Promise<void> {
      for (const schema of schemas) await dropSchema(schema)
      await sql.end({ timeout: 5 })
    },
  }
}

export type Storage = Awaited<ReturnType<typeof openStorage>>
