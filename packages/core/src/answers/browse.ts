import type { Tx } from '@gangway/db/transaction'
import type { AnswersFilter, SnapshotPage } from '@gangway/schemas/answers'
import { rowCountSchema } from '@gangway/schemas/paging'
import { z } from 'zod'
import type { BrowseContext } from '../context.ts'
import { keysetCursor, type Position, positionSchema, signCursor, verifyCursor, withinTime } from '../paging/index.ts'
import { auditAnswersRead } from './audit-read.ts'
import { countSnapshots } from './count.ts'
import { assertFilter, matching } from './filter.ts'
import { isListed, type Reading, READINGS, steer } from './reading.ts'
import { selectSnapshots, snapshotView } from './snapshot-rows.ts'

/** A statement that finds little among much is given up after this time. */
const PATIENCE_MS = 5000

/** Later pages say what the first one counted, and are read as it was. */
const newest = keysetCursor(positionSchema.extend({ count: rowCountSchema, reading: z.enum(READINGS) }))

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
 * Throws INPUT_INVALID for a window that ends before it begins, for a text without a word, and for a cursor that is not of
 * this filter; FILTER_TOO_BROAD where the answer would take longer than 5 s.
 */
export async function listAnswers(ctx: BrowseContext, { actorId, filter, cursor, limit }: ListAnswers): Promise<SnapshotPage> {
  assertFilter(filter)
  const { cursorKeys } = ctx.settings
  const after = cursor ? newest.decode(verifyCursor(cursor, cursorKeys), filter) : undefined
  const at = ctx.clock.now()
  return withinTime(ctx.db, PATIENCE_MS, async (tx) => {
    const subject = { type: 'answers_list', id: cursor ?? 'first page' } as const
    // Sent together: whatever fails takes all of it back.
    const counting = after ?? countSnapshots(tx, filter)
    const [, rows, { count, reading }] = await Promise.all([
      auditAnswersRead(tx, { actorId, at, subject, detail: { filter, limit } }),
      readRows(tx, { filter, after, limit: limit + 1 }, counting),
      counting,
    ])
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      rows: page.map(snapshotView),
      nextCursor: last
        ? signCursor(newest.encode({ micros: last.micros, id: last.sessionId, count, reading }, filter), cursorKeys)
        : null,
      count,
    }
  })
}

interface PageRequest {
  filter: AnswersFilter
  after: Position | undefined
  limit: number
}

/** What has an order of its own does not wait for what is counted. */
async function readRows(
  tx: Tx,
  { filter, ...page }: PageRequest,
  counting: { reading: Reading } | Promise<{ reading: Reading }>,
) {
  if (!isListed(filter)) return selectSnapshots(tx, { wanted: byRole(filter), ...page })
  const { reading } = await counting
  const gathered = reading === 'gathered'
  const wanted = gathered ? [matching(filter)] : byRole(filter)
  const [, rows] = await Promise.all([steer(tx, reading), selectSnapshots(tx, { wanted, gathered, ...page })])
  return rows
}

/** Of one role, an index gives the order; of several, nothing does. */
function byRole({ roles = [], ...others }: AnswersFilter) {
  return roles.length === 0 ? [matching(others)] : [...new Set(roles)].map((role) => matching({ ...others, roles: [role] }))
}
