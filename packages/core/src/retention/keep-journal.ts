import { inTransaction } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import type { RetentionContext } from '../context.ts'

/**
 * Makes the journal's partitions of the months around now, and drops those that are older than is kept; what a run needs
 * that has not come to its end stays. Only the worker's role may. Answers how many were made and dropped.
 */
export async function keepJournal(ctx: RetentionContext): Promise<{ made: number; dropped: number }> {
  const now = ctx.clock.now().toISOString()
  const days = ctx.settings.journalDays
  const [kept] = await inTransaction(ctx.db, (tx) =>
    tx.execute<{ made: number; dropped: number }>(
      sql`select made, dropped from keep_journal_partitions(${now}::timestamptz, make_interval(days => ${days}::integer))`,
    ),
  )
  const { made, dropped } = kept ?? { made: 0, dropped: 0 }
  if (made + dropped > 0) ctx.log.info({ made, dropped }, 'partitions of the journal were made or dropped')
  return { made, dropped }
}
