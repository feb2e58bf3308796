import { expect, it } from 'vitest'
import { isMigrated, migrationState } from './migration-state.ts'
import { testDatabase } from './testing/database.ts'

const { sql, urls, db } = await testDatabase()

it('counts the migrations that a database has and lacks, also one that was never migrated', async () => {
  const { known, applied } = await migrationState(urls.owner)
  expect(known).toBeGreaterThan(4)
  expect([applied, await isMigrated(db)]).toEqual([known, true])
  await sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`
  expect(await migrationState(urls.owner)).toEqual({ known, applied: known - 1 })
  expect(await isMigrated(db)).toBe(false)
  await sql`drop schema drizzle cascade`
  expect(await migrationState(urls.owner)).toEqual({ known, applied: 0 })
})
