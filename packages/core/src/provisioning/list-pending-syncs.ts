import { pendingBackendSyncs as syncs } from '@gangway/db/schema'
import { inSnapshot, type Tx } from '@gangway/db/transaction'
import type { PendingSync, PendingSyncsFilter, PendingSyncsPage } from '@gangway/schemas/runs'
import { and, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { countUpTo, EXACT_COUNT, microsOf, newestFirst, newestOrder, olderThan } from '../paging/index.ts'

const KEYS = { time: syncs.createdAt, id: syncs.id }

export interface ListPendingSyncs {
  filter: PendingSyncsFilter
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined
  limit: number
}

/** A page of pending syncs, newest first. Throws INPUT_INVALID for a cursor that is not of this filter. */
export async function listPendingSyncs(ctx: BaseContext, { filter, cursor, limit }: ListPendingSyncs): Promise<PendingSyncsPage> {
  const after = cursor ? newestFirst.decode(cursor, filter) : undefined
  return inSnapshot(ctx.db, async (tx) => {
    const wanted = filter.statuses?.length ? inArray(syncs.status, filter.statuses) : undefined
    const rows = await tx
      .select({ ...getTableColumns(syncs), micros: microsOf(syncs.createdAt) })
      .from(syncs)
      .where(and(wanted, after && olderThan(KEYS, after)))
      .orderBy(...newestOrder(KEYS))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map(({ micros: _position, ...sync }): PendingSync => sync),
      nextCursor: last && rows.length > limit ? newestFirst.encode(last, filter) : null,
      count: await countUpTo(tx, capped(tx, wanted)),
    }
  })
}

function capped(tx: Tx, wanted: SQL | undefined) {
  return tx
    .select({ one: sql`1` })
    .from(syncs)
    .where(wanted)
    .limit(EXACT_COUNT + 1)
}
