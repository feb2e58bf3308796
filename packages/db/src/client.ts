import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import * as schema from './schema/index.ts'

/** Reads, and opens transactions. A `Tx` is not a `Db`: the client is missing. */
export type Db = PostgresJsDatabase<typeof schema> & { $client: Sql }

export interface ConnectOptions {
  url: string
  /** Connections in the pool. */
  max?: number
  /** Shown in pg_stat_activity. */
  name: string
}

export interface Connection {
  db: Db
  close(): Promise<void>
}

export function connect({ url, max = 10, name }: ConnectOptions): Connection {
  const db = drizzle(openSql({ url, max, name }), { schema })
  return { db, close: () => db.$client.end({ timeout: 5 }) }
}

/** A client for raw SQL and LISTEN. Never hand it to drizzle, which changes how a client reads dates and JSON. */
export function openSql({ url, max = 1, name }: ConnectOptions): Sql {
  return postgres(url, { max, connection: { application_name: name }, onnotice: () => {} })
}
