import { testDatabase } from '@gangway/db/testing'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { withinTime } from './within-time.ts'

const { db } = await testDatabase()

it('gives up what takes too long, says so, and leaves the connection as it was', async () => {
  await expect(withinTime(db, 30, (tx) => tx.execute(sql`select pg_sleep(5)`))).rejects.toMatchObject({
    code: 'FILTER_TOO_BROAD',
  })
  await withinTime(db, 30, (tx) => tx.execute(sql`select 1`))
  const [after] = await db.execute(sql`select current_setting('statement_timeout') as value`)
  expect(after).toEqual({ value: '0' })
})

it('passes on what fails for another reason', async () => {
  const failing = withinTime(db, 1000, (tx) => tx.execute(sql`select 1 / 0`))
  await expect(failing).rejects.toMatchObject({ cause: { code: '22012' } })
})
