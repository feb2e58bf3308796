import { describe, expect, it } from 'vitest'
import { testDatabase } from './database.ts'

const database = await testDatabase()

describe('the roles of the database', () => {
  it('the application owns no table', async () => {
    const owned = await database.sql`
      select tablename from pg_tables where tableowner in ('gangway_app', 'gangway_worker', 'gangway_warehouse')`
    expect(owned).toEqual([])
  })

  it('the application can neither change nor delete what is in the journal', async () => {
    const rights = await database.sql<{ right: string }[]>`
      select table_name || ': ' || privilege_type as right from information_schema.role_table_grants
      where grantee in ('gangway_app', 'gangway_worker') and table_name like 'onboarding_stage_events%' group by 1 order by 1`
    expect(rights.map((row) => row.right)).toEqual(['onboarding_stage_events: INSERT', 'onboarding_stage_events: SELECT'])
  })
})
