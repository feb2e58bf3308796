import { expect, it } from 'vitest'
import { migrationState } from './migration-state.ts'
import { testDatabase } from './testing/database.ts'

const { sql, urls } = await testDatabase()

it('counts the migrations that a database has and lacks, also one that was never migrated', async () => {
  const { known, applied } = await migrationState(urls.owner)
  expect(known).toBeGreaterThan(4)
  expect(applied).toBe(known)
  await sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`
  expect(await migrationState(urls.owner)).toEqual({ known, applied: known - 1 })
  await sql`drop schema drizzle cascade`
  expect(await migrationState(urls.owner)).toEqual({ known, applied: 0 })
})
