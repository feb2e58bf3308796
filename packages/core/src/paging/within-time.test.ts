import { testDatabase } from '@gangway/db/testing'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { snapshotWithinTime, withinTime } from './within-time.ts'

const { db } = await testDatabase()

it.each([
  ['a transaction', withinTime],
  ['a moment', snapshotWithinTime],
])('gives up %s that takes too long, says so, and leaves the connection as it was', async (_what, within) => {
  await expect(within(db, 30, (tx) => tx.execute(sql`select pg_sleep(5)`))).rejects.toMatchObject({ code: 'FILTER_TOO_BROAD' })
  await within(db, 30, (tx) => tx.execute(sql`select 1`))
  const [after] = await db.execute(sql`select current_setting('statement_timeout') as value`)
  expect(after).toEqual({ value: '0' })
})

it('tells of one moment where that is asked for', async () => {
  const [isolation] = await snapshotWithinTime(db, 1000, (tx) =>
    tx.execute(sql`select current_setting('transaction_isolation') as value`),
  )
  expect(isolation).toEqual({ value: 'repeatable read' })
})

it('passes on what fails for another reason', async () => {
  const failing = withinTime(db, 1000, (tx) => tx.execute(sql`select 1 / 0`))
  await expect(failing).rejects.toMatchObject({ cause: { code: '22012' } })
})
