import { inTransaction, sqlState, type Tx } from '@gangway/db/transaction'
import type { AnswersFilter, SnapshotPage } from '@gangway/schemas/answers'
import { rowCountSchema } from '@gangway/schemas/paging'
import { sql } from 'drizzle-orm'
import type { BrowseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { keysetCursor, positionSchema, signCursor, verifyCursor } from '../paging/index.ts'
import { auditAnswersRead } from './audit-read.ts'
import { countSnapshots } from './count.ts'
import { assertFilter, matching } from './filter.ts'
import { selectSnapshots, snapshotView } from './snapshot-rows.ts'

/** A filter that finds little among much is given up after this time. */
const PATIENCE_MS = 5000

/** Later pages say what the first one counted. */
const newest = keysetCursor(positionSchema.extend({ count: rowCountSchema }))

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
  return withPatience(ctx, async (tx) => {
    const subject = { type: 'answers_list', id: cursor ?? 'first page' } as const
    // Sent together: whatever fails takes all of it back.
    const [, rows, count] = await Promise.all([
      auditAnswersRead(tx, { actorId, at, subject, detail: { filter, limit } }),
      selectSnapshots(tx, { wanted: byRole(filter), after, limit: limit + 1 }),
      after?.count ?? countSnapshots(tx, matching(filter)),
    ])
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      rows: page.map(snapshotView),
      nextCursor: last ? signCursor(newest.encode({ micros: last.micros, id: last.sessionId, count }, filter), cursorKeys) : null,
      count,
    }
  })
}

/** Of one role, an index gives the order; of several, nothing does. */
function byRole({ roles = [], ...others }: AnswersFilter) {
  return roles.length === 0 ? [matching(others)] : [...new Set(roles)].map((role) => matching({ ...others, roles: [role] }))
}

async function withPatience<Result>(ctx: BrowseContext, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const limited = tx.execute(sql.raw(`set local statement_timeout = ${PATIENCE_MS}`))
      const [, result] = await Promise.all([limited, work(tx)])
      return result
    })
  } catch (error) {
    if (sqlState(error) === '57014') throw new GangwayError('FILTER_TOO_BROAD', { cause: error })
    throw error
  }
}
