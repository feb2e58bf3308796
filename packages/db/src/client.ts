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
  /** A transaction that stands still for so long is ended by the server; 15,000 unless told. */
  idleInTransactionMs?: number
  /** Whether a commit waits for the disk; unless told, it does. Not for NOTIFY, which nobody reads after a crash. */
  waitsForDisk?: boolean
}

export interface Connection {
  db: Db
  close(): Promise<void>
}

export function connect({ url, max = 10, name, idleInTransactionMs = 15_000 }: ConnectOptions): Connection {
  // A process that is frozen in a transaction would keep its row locks, and nobody could take its runs over.
  const db = drizzle(openSql({ url, max, name, idleInTransactionMs }), { schema })
  return { db, close: () => db.$client.end({ timeout: 5 }) }
}

/** A client for raw SQL and LISTEN. Never hand it to drizzle, which changes how a client reads dates and JSON. */
export function openSql({ url, max = 1, name, idleInTransactionMs, waitsForDisk = true }: ConnectOptions): Sql {
  const timeout = idleInTransactionMs === undefined ? {} : { idle_in_transaction_session_timeout: idleInTransactionMs }
  return postgres(url, {
    max,
    backoff: pauseBeforeConnecting,
    connection: { application_name: name, ...timeout, ...(!waitsForDisk && { synchronous_commit: 'off' }) },
    onnotice: () => {},
  })
}

/** In seconds. The driver's own grow to 20, counted over the whole pool: Postgres would be back long before anybody asked it. */
export function pauseBeforeConnecting(failures: number): number {
  return Math.min(2 ** failures / 50, 1) * (0.5 + Math.random() / 2)
}
