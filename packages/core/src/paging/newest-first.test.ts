import { onboardingAnswerSnapshots as snapshots, onboardingRuns as runs } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { testDatabase } from '@gangway/db/testing'
import { eq, sql, type SQLWrapper } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { newestOrder, olderThan } from './newest-first.ts'

const { db } = await testDatabase()
const position = { micros: '1770000000123456', id: crypto.randomUUID() }

/** How Postgres would go about it in a table with many rows. */
function planOf(query: SQLWrapper): Promise<string> {
  return inTransaction(db, async (tx) => {
    // Of the few rows of a test it would rather sort than read an index.
    for (const way of ['seqscan', 'bitmapscan', 'sort']) await tx.execute(sql.raw(`set local enable_${way} = off`))
    const lines = await tx.execute<{ 'QUERY PLAN': string }>(sql`explain ${query.getSQL()}`)
    return lines.map((line) => line['QUERY PLAN']).join('\n')
  })
}

it.each([
  [
    'runs',
    'onboarding_runs_newest',
    () => {
      const keys = { time: runs.createdAt, id: runs.id }
      return db
        .select({ id: runs.id })
        .from(runs)
        .where(olderThan(keys, position))
        .orderBy(...newestOrder(keys))
        .limit(51)
    },
  ],
  [
    'answers of a role',
    'answer_snapshots_role_newest',
    () => {
      const keys = { time: snapshots.completedAt, id: snapshots.sessionId }
      return db
        .select({ id: keys.id })
        .from(snapshots)
        .where(eq(snapshots.role, 'data'))
        .orderBy(...newestOrder(keys))
        .limit(51)
    },
  ],
])('an index gives the order of %s: nothing is sorted', async (_, index, query) => {
  const plan = await planOf(query())
  expect(plan).toContain(index)
  expect(plan).not.toContain('Sort')
})
