import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { AnswersFilter } from '@gangway/schemas/answers'
import type { RowCount } from '@gangway/schemas/paging'
import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { EXACT_COUNT } from '../paging/index.ts'
import { matching } from './filter.ts'
import { isListed, type Reading, steer } from './reading.ts'

/** What one in so many have is counted faster by passing over the others. */
const COMMON = 1 / 10
/** So few are gathered, however many that is: those who have it may all have come long ago. */
const RARE = 1 / 40

/** How many snapshots a filter lets through: one by one up to 10,000, and beyond what the planner expects; and how to read them. */
export async function countSnapshots(tx: Tx, filter: AnswersFilter): Promise<{ count: RowCount; reading: Reading }> {
  const wanted = matching(filter)
  if (!isListed(filter)) {
    const [counted, { expected }] = await Promise.all([countCapped(tx, wanted), estimate(tx, wanted)])
    return { count: rowCount(counted, expected), reading: 'in_order' }
  }
  const { expected, all } = await estimate(tx, wanted)
  const [, counted] = await Promise.all([expected < all * COMMON && steer(tx, 'gathered'), countCapped(tx, wanted)])
  const isRare = counted <= EXACT_COUNT || expected < all * RARE
  return { count: rowCount(counted, expected), reading: isRare ? 'gathered' : 'in_order' }
}

function rowCount(counted: number, expected: number): RowCount {
  return counted <= EXACT_COUNT ? { value: counted, exact: true } : { value: Math.max(counted, expected), exact: false }
}

async function countCapped(tx: Tx, wanted: SQL | undefined): Promise<number> {
  const capped = sql`select 1 from ${snapshots} ${where(wanted)} limit ${EXACT_COUNT + 1}`
  const [counted] = await tx.execute<{ value: number }>(sql`select count(*)::int as value from (${capped}) as capped`)
  return counted?.value ?? 0
}

const plansSchema = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]) })])

/** What the planner expects of a filter, and of none. */
async function estimate(tx: Tx, wanted: SQL | undefined): Promise<{ expected: number; all: number }> {
  const [plans, tables] = await Promise.all([
    tx.execute(sql`explain (format json) select 1 from ${snapshots} ${where(wanted)}`),
    tx.execute<{ rows: number }>(sql`select reltuples as rows from pg_class where oid = 'onboarding_answer_snapshots'::regclass`),
  ])
  const [{ 'QUERY PLAN': plan }] = plansSchema.parse([...plans])
  return { expected: plan[0].Plan['Plan Rows'], all: tables[0]?.rows ?? 0 }
}

function where(wanted: SQL | undefined): SQL {
  return wanted ? sql`where ${wanted}` : sql``
}
