import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { RowCount } from '@gangway/schemas/paging'
import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { EXACT_COUNT } from '../paging/index.ts'

const planSchema = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]) })])

/** How many snapshots a filter lets through: one by one up to 10,000, and beyond what the planner expects. */
export async function countSnapshots(tx: Tx, wanted: SQL | undefined): Promise<RowCount> {
  const where = wanted ? sql`where ${wanted}` : sql``
  const capped = sql`select 1 from ${snapshots} ${where} limit ${EXACT_COUNT + 1}`
  const [counted, planned] = await Promise.all([
    tx.execute<{ value: number }>(sql`select count(*)::int as value from (${capped}) as capped`),
    tx.execute(sql`explain (format json) select 1 from ${snapshots} ${where}`),
  ])
  const value = counted[0]?.value ?? 0
  if (value <= EXACT_COUNT) return { value, exact: true }
  const [{ 'QUERY PLAN': plan }] = planSchema.parse([...planned])
  return { value: Math.max(plan[0].Plan['Plan Rows'], value), exact: false }
}
