import type { Tx } from '@gangway/db/transaction'
import type { AnswersFilter } from '@gangway/schemas/answers'
import type { RowCount } from '@gangway/schemas/paging'
import type { BrowseContext } from '../context.ts'
import { assertFilter, countSnapshots, type Reading } from '../answers/index.ts'
import { withinTime } from '../paging/index.ts'

/** Nobody looks at a page that does not come: counting may take longer here. */
const PATIENCE_MS = 60_000

/**
 * What an export is going to be, settled in one transaction with whatever else `work` writes. Throws INPUT_INVALID for a
 * filter that nothing can pass, and FILTER_TOO_BROAD where counting takes longer than a minute.
 */
export function beginExport<Result>(
  ctx: BrowseContext,
  filter: AnswersFilter,
  work: (tx: Tx, begun: { expected: RowCount; reading: Reading }) => Promise<Result>,
): Promise<Result> {
  assertFilter(filter)
  return withinTime(ctx.db, PATIENCE_MS, async (tx) => {
    const { count: expected, reading } = await countSnapshots(tx, filter)
    return work(tx, { expected, reading })
  })
}
