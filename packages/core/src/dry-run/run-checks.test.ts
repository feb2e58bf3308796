import { checkouts, organizations, slugReservations } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { DRY_RUN_CHECKS, type DryRunCheckName } from '@gangway/schemas/dry-run'
import { describe, expect, it } from 'vitest'
import { ensureMetaTables } from '../bootstrap/index.ts'
import { GangwayError } from '../errors/index.ts'
import { connectionReset, memoryWarehouse, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { assertChecksPass, runChecks } from './run-checks.ts'

const { db } = await testDatabase()

async function arrange({
  bootstrapped = true,
  kind = 'postgres',
}: { bootstrapped?: boolean; kind?: 'postgres' | 'bigquery' } = {}) {
  const clock = testClock({ start: new Date() })
  const ctx = { db, clock, ids: seededIds('checks'), log: silentLog(), warehouse: { ...memoryWarehouse({ clock }), kind } }
  if (bootstrapped) await ensureMetaTables(ctx)
  return ctx
}

function input(tenantId: string) {
  return { tenantId, companyName: 'Acme Corp', adminEmail: 'ada@example.com', plan: 'STARTER' }
}

async function organization(slug: string, status: 'onboarded' | 'abandoned' = 'onboarded'): Promise<string> {
  const runId = crypto.randomUUID()
  await db.insert(organizations).values({ runId, slug, name: 'Acme', status })
  return runId
}

async function reservation(slug: string, forMs: number): Promise<string> {
  const { id: userId } = await newUser(db)
  const expiresAt = new Date(Date.now() + forMs)
  const values = { userId, plan: 'STARTER', slug, companyName: 'Acme', expiresAt } as const
  const [checkout] = await db.insert(checkouts).values(values).returning()
  if (!checkout) throw new Error('the checkout was not inserted')
  await db.insert(slugReservations).values({ slug, userId, checkoutId: checkout.id, expiresAt })
  return userId
}

async function find(name: DryRunCheckName, ...[ctx, asked]: Parameters<typeof runChecks>) {
  return (await runChecks(ctx, asked)).find((check) => check.name === name)
}

describe('runChecks', () => {
  it('makes all eight, in their order', async () => {
    const checks = await runChecks(await arrange(), input('all_eight'))
    expect(checks.map(({ name }) => name)).toEqual(DRY_RUN_CHECKS)
    expect(checks.filter(({ status }) => status !== 'passed')).toMatchObject([{ name: 'gcp_credentials', status: 'skipped' }])
    for (const { reason, code, error_id } of checks) expect([reason.length > 10, code, error_id]).toEqual([true, null, null])
  })

  it('makes all eight even when every one that can fail does', async () => {
    const ctx = await arrange({ bootstrapped: false, kind: 'bigquery' })
    ctx.warehouse.failNext('ping', new GangwayError('WAREHOUSE_DENIED'))
    const checks = await runChecks(ctx, { tenantId: 'No Slug', companyName: '', adminEmail: 'nobody', plan: 'GOLD' })
    expect(Object.fromEntries(checks.map(({ name, status, code }) => [name, code ?? status]))).toEqual({
      tenant_id_format: 'SLUG_INVALID',
      email_format: 'INPUT_INVALID',
      gcp_credentials: 'WAREHOUSE_DENIED',
      bigquery_connectivity: 'WAREHOUSE_DENIED',
      subscription_plan: 'PLAN_UNKNOWN',
      tenant_existence: 'skipped',
      central_tables: 'SYSTEM_NOT_READY',
      dryrun_config: 'passed',
    })
    expect(ctx.warehouse.calls('ping')).toBe(1)
  })

  it('a warehouse that does not answer fails what needs it, with an id that is in the log and no driver’s text', async () => {
    const ctx = await arrange()
    ctx.warehouse.failNext('ping', connectionReset())
    ctx.warehouse.failNext('describeDataset', connectionReset())
    const failed = (await runChecks(ctx, input('unreachable'))).filter(({ status }) => status === 'failed')
    expect(failed.map(({ name, code }) => [name, code])).toEqual([
      ['bigquery_connectivity', 'NETWORK_UNREACHABLE'],
      ['central_tables', 'NETWORK_UNREACHABLE'],
    ])
    expect(JSON.stringify(failed)).not.toContain('ECONNRESET')
    expect(ctx.log.entries.map(({ fields }) => fields.errorId)).toEqual(
      expect.arrayContaining(failed.map((check) => check.error_id)),
    )
  })

  it('tells refused credentials from a BigQuery that is not there', async () => {
    const ctx = await arrange({ kind: 'bigquery' })
    expect(await find('gcp_credentials', ctx, input('bigquery'))).toMatchObject({ status: 'passed' })
    ctx.warehouse.failNext('ping', new GangwayError('WAREHOUSE_DENIED'))
    expect(await find('gcp_credentials', ctx, input('bigquery'))).toMatchObject({ status: 'failed', code: 'WAREHOUSE_DENIED' })
    ctx.warehouse.failNext('ping', connectionReset())
    expect(await find('gcp_credentials', ctx, input('bigquery'))).toMatchObject({ status: 'skipped' })
  })

  it('knows an organization, and takes that of the very run for its own', async () => {
    const ctx = await arrange()
    const runId = await organization('taken')
    expect(await find('tenant_existence', ctx, input('taken'))).toMatchObject({ status: 'failed', code: 'SLUG_TAKEN' })
    expect(await find('tenant_existence', ctx, { ...input('taken'), runId })).toMatchObject({ status: 'passed' })
    const another = { ...input('taken'), runId: crypto.randomUUID() }
    expect(await find('tenant_existence', ctx, another)).toMatchObject({ status: 'failed', code: 'SLUG_TAKEN' })
    await organization('given_up', 'abandoned')
    expect(await find('tenant_existence', ctx, input('given_up'))).toMatchObject({ status: 'passed' })
  })

  it('respects a reservation as long as it lasts, but for whoever made it', async () => {
    const ctx = await arrange()
    const userId = await reservation('reserved', 60_000)
    expect(await find('tenant_existence', ctx, input('reserved'))).toMatchObject({ status: 'failed', code: 'SLUG_TAKEN' })
    expect(await find('tenant_existence', ctx, { ...input('reserved'), userId })).toMatchObject({ status: 'passed' })
    await reservation('lapsed', -1)
    expect(await find('tenant_existence', ctx, input('lapsed'))).toMatchObject({ status: 'passed' })
  })

  it('names the meta tables that are missing', async () => {
    const ctx = await arrange({ bootstrapped: false })
    const check = await find('central_tables', ctx, input('missing'))
    expect(check?.reason).toContain('0 of 21')
    expect(check?.reason).toContain('org_profiles')
  })
})

describe('assertChecksPass', () => {
  it('throws what the customer can help with first, and names checks alone', async () => {
    const ctx = await arrange({ bootstrapped: false })
    await organization('both_wrong')
    const asked = assertChecksPass(ctx, input('both_wrong'))
    await expect(asked).rejects.toMatchObject({
      code: 'SLUG_TAKEN',
      details: { failed_checks: ['tenant_existence', 'central_tables'] },
    })
    await expect(assertChecksPass(ctx, input('system_only'))).rejects.toMatchObject({ code: 'SYSTEM_NOT_READY' })
    await expect(assertChecksPass(await arrange(), input('fine_here'))).resolves.toBeUndefined()
  })
})
