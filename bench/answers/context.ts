import type { Db } from '@gangway/db/client'
import { openSql } from '@gangway/db/client'
import * as schema from '@gangway/db/schema'
import { silentLog, seededIds } from '@gangway/core/testing'
import { drizzle } from 'drizzle-orm/postgres-js'

/** A statement as it reaches the driver. */
export interface Statement {
  text: string
  params: unknown[]
}

/** What browsing and exporting work with, over so many connections. `onStatement` sees what is sent. */
export function openAnswers(url: string, onStatement: (statement: Statement) => void = () => {}) {
  const client = openSql({ url, max: 4, name: 'bench-answers' })
  const db: Db = drizzle(client, { schema, logger: { logQuery: (text, params) => onStatement({ text, params }) } })
  const clock = { now: () => new Date(), sleep: () => Promise.resolve() }
  const ctx = { db, clock, ids: seededIds('bench'), log: silentLog(), settings: { cursorKeys: ['bench'] } }
  return { ctx, close: () => client.end() }
}
