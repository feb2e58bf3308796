import { bootstrap, bootstrapStatus, CENTRAL_DATASET, CENTRAL_LABELS, META_TABLES } from '@gangway/core/bootstrap'
import { seededIds, silentLog, testClock } from '@gangway/core/testing'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createPostgresWarehouse } from './postgres-warehouse.ts'

const database = await testDatabase()
const warehouse = createPostgresWarehouse({ url: database.urls.warehouse, max: 8 })
const ctx = { db: database.db, clock: testClock(), ids: seededIds('bootstrap'), log: silentLog(), warehouse }
afterAll(() => warehouse.close())

beforeEach(() => warehouse.deleteDataset(CENTRAL_DATASET, CENTRAL_LABELS))

async function columnsOf(table: string): Promise<Record<string, string>> {
  const columns = await database.sql<{ name: string; type: string }[]>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = ${CENTRAL_DATASET} and table_name = ${table}`
  return Object.fromEntries(columns.map(({ name, type }) => [name, type]))
}

describe('bootstrap of the Postgres warehouse', () => {
  it('makes what is declared, and finds it again', async () => {
    expect(await bootstrapStatus(ctx, { maxAgeMs: 0 })).toMatchObject({ status: 'NOT_SYNCED', tables_present: 0 })
    const first = await bootstrap(ctx)
    expect(first.tables.map(({ state }) => state)).toEqual(META_TABLES.map(() => 'created'))
    const second = await bootstrap(ctx)
    expect(second).toMatchObject({ status: 'SYNCED', tables_present: 21, drift: [] })
    expect(second.tables.map(({ state }) => state)).toEqual(META_TABLES.map(() => 'present'))
  })

  it('mends a missing nullable column, reports all other drift table by table, and changes nothing else', async () => {
    await bootstrap(ctx)
    await warehouse.loadRows(CENTRAL_DATASET, 'org_members', {
      jobId: 'before',
      rows: [
        {
          org_slug: 'acme',
          user_id: 'u',
          email: 'ada@example.com',
          role: 'owner',
          status: 'ACTIVE',
          recorded_at: ctx.clock.now(),
        },
      ],
    })
    await database.sql.unsafe(`
      alter table organizations.org_onboarding_runs drop column error_id, drop column state;
      alter table organizations.org_funnel_events drop column duration_ms;
      alter table organizations.org_members alter column role type varchar(20);
      alter table organizations.org_members add column extra int;
      drop table organizations.org_invites`)
    expect(await bootstrapStatus(ctx, { maxAgeMs: 0 })).toEqual({
      status: 'NOT_SYNCED',
      tables_expected: 21,
      tables_present: 20,
      tables_missing: ['org_invites'],
      drift: [
        { table: 'org_members', columns: ['role is OTHER, declared STRING'] },
        { table: 'org_onboarding_runs', columns: ['error_id is missing', 'state is missing'] },
        { table: 'org_funnel_events', columns: ['duration_ms is missing'] },
      ],
    })

    const report = await bootstrap(ctx)
    expect(report).toMatchObject({
      status: 'DRIFTED',
      tables_present: 21,
      tables_missing: [],
      drift: [
        { table: 'org_members', columns: ['role is OTHER, declared STRING'] },
        { table: 'org_onboarding_runs', columns: ['state is missing'] },
      ],
    })
    expect(report.tables.filter(({ state }) => state !== 'present')).toEqual([
      { name: 'org_members', state: 'drifted', drift: ['role is OTHER, declared STRING'] },
      { name: 'org_invites', state: 'created', drift: [] },
      { name: 'org_onboarding_runs', state: 'drifted', drift: ['state is missing'] },
    ])
    const runs = await columnsOf('org_onboarding_runs')
    expect(runs).toMatchObject({ error_id: 'text' })
    expect(runs).not.toHaveProperty('state')
    expect(await columnsOf('org_funnel_events')).toMatchObject({ duration_ms: 'bigint' })
    expect(await columnsOf('org_members')).toMatchObject({ role: 'character varying', extra: 'integer' })
    const rows = await warehouse.readRows(CENTRAL_DATASET, 'org_members', { column: 'org_slug', value: 'acme' })
    expect(rows).toMatchObject([{ email: 'ada@example.com', role: 'owner' }])
  })

  it('race: eight at once on an empty warehouse, and eight that add the same column, all succeed', async () => {
    const first = await Promise.all(Array.from({ length: 8 }, () => bootstrap(ctx)))
    expect(first.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'SYNCED'))
    for (const { name } of META_TABLES) {
      const states = first.flatMap(({ tables }) => tables.filter((table) => table.name === name).map(({ state }) => state))
      expect(states.toSorted()).toEqual(['created', ...Array.from({ length: 7 }, () => 'present')])
    }
    await database.sql`alter table organizations.org_funnel_events drop column duration_ms`
    const second = await Promise.all(Array.from({ length: 8 }, () => bootstrap(ctx)))
    expect(second.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'SYNCED'))
  })
})
