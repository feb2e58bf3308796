import { exports } from '@gangway/db/schema'
import type { ExportsPage } from '@gangway/schemas/exports'
import type { PageRequest } from '@gangway/schemas/paging'
import { count } from 'drizzle-orm'
import type { BrowseContext } from '../context.ts'
import { newestFirst, newestOrder, olderThan, signCursor, verifyCursor } from '../paging/index.ts'
import { exportView, selectExports } from './export-row.ts'

const KEYS = { time: exports.createdAt, id: exports.id }

/** Everybody's exports, newest first. Throws INPUT_INVALID for a cursor that is none. */
export async function listExports(ctx: BrowseContext, { cursor, limit }: PageRequest): Promise<ExportsPage> {
  const { cursorKeys } = ctx.settings
  const after = cursor ? newestFirst.decode(verifyCursor(cursor, cursorKeys), {}) : undefined
  const [rows, [counted]] = await Promise.all([
    selectExports(ctx)
      .where(after && olderThan(KEYS, after))
      .orderBy(...newestOrder(KEYS))
      .limit(limit + 1),
    ctx.db.select({ value: count() }).from(exports),
  ])
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    rows: page.map(exportView),
    nextCursor: last ? signCursor(newestFirst.encode({ micros: last.micros, id: last.row.id }, {}), cursorKeys) : null,
    count: { value: counted?.value ?? 0, exact: true },
  }
}
