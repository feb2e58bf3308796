import type { Tx } from '@gangway/db/transaction'
import { sql, type SQLWrapper } from 'drizzle-orm'

/** Rows are counted one by one up to here. */
export const EXACT_COUNT = 10_000

/** How many rows a query has that was cut off after `EXACT_COUNT + 1`; not exact beyond 10,000. */
export async function countUpTo(tx: Tx, capped: SQLWrapper): Promise<{ value: number; exact: boolean }> {
  const [found] = await tx.select({ value: sql<number>`count(*)::int` }).from(sql`${capped} as capped`)
  const value = found?.value ?? 0
  return { value: Math.min(value, EXACT_COUNT), exact: value <= EXACT_COUNT }
}
