import { connect } from '@gangway/db/client'
import { organizations } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { dryRunResultSchema, RESOURCE_KINDS } from '@gangway/schemas/dry-run'
import { describe, expect, it } from 'vitest'
import { ensureMetaTables } from '../bootstrap/index.ts'
import { memoryWarehouse, seededIds, silentLog, testClock } from '../testing/index.ts'
import { dryRun } from './dry-run.ts'
import { requirePassedDryRun } from './require-passed.ts'

const database = await testDatabase()

async function arrange({ bootstrapped = true } = {}) {
  const clock = testClock()
  const ctx = { db: database.db, clock, ids: seededIds('dry-run'), log: silentLog(), warehouse: memoryWarehouse({ clock }) }
  if (bootstrapped) await ensureMetaTables(ctx)
  return ctx
}

function input(tenantId: string) {
  return { tenantId, companyName: 'Acme Corp', adminEmail: 'Ada@Example.com', plan: 'PROFESSIONAL' }
}

/** The number of rows of every table of the application's but for the memory of dry runs. */
async function census(): Promise<Record<string, number>> {
  const tables = await database.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'dry_runs'`
  const counts = tables.map(async ({ name }) => {
    const [row] = await database.sql<{ count: number }[]>`select count(*)::int as count from ${database.sql(name)}`
    return [name, row?.count ?? 0] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

describe('dryRun', () => {
  it('answers what it found and what a run would make, and makes nothing', async () => {
    const ctx = await arrange()
    const before = await census()
    const result = await dryRun(ctx, input('passes'))
    expect(dryRunResultSchema.parse(result)).toEqual(result)
    expect(result).toMatchObject({
      status: 'passed',
      tenant_id: 'passes',
      subscription_plan: 'PROFESSIONAL',
      ready_for_onboarding: true,
      validation_summary: { total_checks: 8, passed: 7, failed: 0, skipped: 1, all_passed: true },
    })
    expect(result.plan?.resources.map(({ action }) => action)).toEqual(Array.from({ length: 16 }, () => 'create'))
    expect(new Set(result.plan?.resources.map(({ kind }) => kind))).toEqual(new Set(RESOURCE_KINDS))
    expect(await census()).toEqual(before)
    expect(ctx.warehouse.datasets).toEqual(['organizations'])
  })

  it('gives the same plan the same digest, and another plan another', async () => {
    const ctx = await arrange()
    const digests = [
      await dryRun(ctx, input('digest_one')),
      await dryRun(ctx, { ...input('digest_one'), adminEmail: 'ada@example.com ' }),
      await dryRun(ctx, input('digest_two')),
      await dryRun(ctx, { ...input('digest_one'), plan: 'SCALE' }),
    ].map(({ plan }) => plan?.digest)
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(digests[1]).toBe(digests[0])
    expect(new Set(digests).size).toBe(3)
  })

  it('shows what is in the way', async () => {
    const ctx = await arrange({ bootstrapped: false })
    await database.db.insert(organizations).values({ runId: crypto.randomUUID(), slug: 'in_the_way', name: 'Acme' })
    const result = await dryRun(ctx, input('in_the_way'))
    expect(result).toMatchObject({
      status: 'failed',
      ready_for_onboarding: false,
      message: '2 of 8 checks failed: tenant_existence, central_tables. Nothing was created.',
      validation_summary: { failed: 2, all_passed: false },
    })
    expect(result.plan?.resources[0]).toEqual({ kind: 'organization', name: 'in_the_way', action: 'conflict' })
  })

  it('answers also when the database is gone', async () => {
    const ctx = await arrange()
    const gone = connect({ url: database.urls.app, name: 'gone' })
    await gone.close()
    const result = await dryRun({ ...ctx, db: gone.db }, input('no_database'))
    expect(result).toMatchObject({ status: 'failed', plan: null, ready_for_onboarding: false })
    expect(result.validation_summary.checks.filter(({ status }) => status === 'failed')).toMatchObject([
      { name: 'tenant_existence', code: 'DATABASE_UNAVAILABLE', error_id: expect.stringMatching(/^err_/) },
    ])
  })
})

describe('requirePassedDryRun', () => {
  it('refuses whoever has made none, with what fails', async () => {
    const ctx = await arrange({ bootstrapped: false })
    await expect(requirePassedDryRun(ctx, input('none_made'))).rejects.toMatchObject({
      code: 'DRY_RUN_REQUIRED',
      details: { failed_checks: [{ name: 'central_tables', status: 'failed', code: 'SYSTEM_NOT_READY' }] },
    })
    const fine = await arrange()
    await expect(requirePassedDryRun(fine, input('none_made'))).rejects.toMatchObject({
      code: 'DRY_RUN_REQUIRED',
      details: { failed_checks: [] },
    })
  })

  it('lets in the same input, however it is typed, and no other', async () => {
    const ctx = await arrange()
    await dryRun(ctx, input('same_input'))
    await requirePassedDryRun(ctx, { ...input('same_input'), companyName: ' Acme Corp ', adminEmail: 'ada@example.com' })
    const others = [{ plan: 'SCALE' }, { adminEmail: 'eve@example.com' }, { companyName: 'Other' }, { tenantId: 'same_input2' }]
    for (const other of others) {
      const asked = requirePassedDryRun(ctx, { ...input('same_input'), ...other })
      await expect(asked).rejects.toMatchObject({ code: 'DRY_RUN_REQUIRED' })
    }
  })

  it('remembers for 15 minutes, from the newest', async () => {
    const ctx = await arrange()
    await dryRun(ctx, input('fifteen'))
    await ctx.clock.advance(600_000)
    await dryRun(ctx, input('fifteen'))
    await ctx.clock.advance(899_999)
    await requirePassedDryRun(ctx, input('fifteen'))
    await ctx.clock.advance(1)
    await expect(requirePassedDryRun(ctx, input('fifteen'))).rejects.toMatchObject({ code: 'DRY_RUN_REQUIRED' })
  })

  it('does not remember a failing one, nor that of a run', async () => {
    const broken = await arrange({ bootstrapped: false })
    await dryRun(broken, input('not_kept'))
    const ctx = await arrange()
    await dryRun(ctx, { ...input('not_kept'), runId: crypto.randomUUID() })
    await expect(requirePassedDryRun(ctx, input('not_kept'))).rejects.toMatchObject({ code: 'DRY_RUN_REQUIRED' })
  })

  it('race: many at once are remembered, and forget what has expired', async () => {
    const ctx = await arrange()
    await dryRun(ctx, input('expired_one'))
    await ctx.clock.advance(900_001)
    await Promise.all(Array.from({ length: 20 }, (_, number) => dryRun(ctx, input(`many_${number % 5}`))))
    const kept = await database.sql<{ tenant: string }[]>`select tenant_id as tenant from dry_runs`
    expect(kept.map(({ tenant }) => tenant)).not.toContain('expired_one')
    for (const number of [0, 1, 2, 3, 4]) await requirePassedDryRun(ctx, input(`many_${number}`))
  })
})
