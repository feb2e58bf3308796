import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { AnswersFilter, SnapshotPage } from '@gangway/schemas/answers'
import { and, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { AnswersContext } from '../context.ts'
import { assertWindow, countUpTo, EXACT_COUNT, newestFirst, newestOrder, olderThan, type Position } from '../paging/index.ts'
import { auditAnswersRead } from './audit-read.ts'
import { selectSnapshots, snapshotView } from './snapshot-rows.ts'

const KEYS = { time: snapshots.completedAt, id: snapshots.sessionId }

interface ListAnswers {
  /** The admin who reads. */
  actorId: string
  filter: AnswersFilter
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined
  limit: number
}

/**
 * A page of snapshots, newest first, and how many the filter lets through. Pages go by key: rows that come in meanwhile
 * neither repeat nor hide others. Every call is in the audit log.
 *
 * Throws INPUT_INVALID for a window that ends before it begins, and for a cursor that is not of this filter.
 */
export async function listAnswers(ctx: AnswersContext, { actorId, filter, cursor, limit }: ListAnswers): Promise<SnapshotPage> {
  assertWindow({ from: filter.completedFrom, before: filter.completedBefore, field: 'filter.completedBefore' })
  const after = cursor ? newestFirst.decode(cursor, filter) : undefined
  const at = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const subject = { type: 'answers_list', id: cursor ?? 'first page' } as const
    await auditAnswersRead(tx, { actorId, at, subject, detail: { filter, limit } })
    const wanted = matching(filter)
    const rows = await readPage(tx, { wanted, after, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map(snapshotView),
      nextCursor: last && rows.length > limit ? newestFirst.encode({ micros: last.micros, id: last.sessionId }, filter) : null,
      count: await countUpTo(tx, capped(tx, wanted)),
    }
  })
}

function matching({ roles = [], completedFrom, completedBefore }: AnswersFilter): SQL | undefined {
  return and(
    roles.length > 0 ? inArray(snapshots.role, roles) : undefined,
    completedFrom && gte(snapshots.completedAt, completedFrom),
    completedBefore && lt(snapshots.completedAt, completedBefore),
  )
}

interface PageRequest {
  wanted: SQL | undefined
  after: Position | undefined
  limit: number
}

function readPage(tx: Tx, { wanted, after, limit }: PageRequest) {
  const beyond = after && olderThan(KEYS, after)
  return selectSnapshots(tx)
    .where(and(wanted, beyond))
    .orderBy(...newestOrder(KEYS))
    .limit(limit)
}

function capped(tx: Tx, wanted: SQL | undefined) {
  return tx
    .select({ one: sql`1` })
    .from(snapshots)
    .where(wanted)
    .limit(EXACT_COUNT + 1)
}
