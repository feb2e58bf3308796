import { inTransaction } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

/** Tells the planner at once how much there is now: pages that estimate, and those that are read by indexes, go by it. */
export async function analyzeDemo({ db }: BaseContext): Promise<void> {
  await inTransaction(db, (tx) => tx.execute(sql`select analyze_demo()`))
}
