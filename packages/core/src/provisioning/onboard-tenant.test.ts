import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { dryRun } from '../dry-run/index.ts'
import { dyingAt, looksAt } from '../testing/runs.ts'
import { newUser } from '../testing/new-user.ts'
import { newWorld } from '../testing/world.ts'
import { onboardTenant } from './onboard-tenant.ts'
import { operatorKey } from './operator-key.ts'
import { sweep } from './sweep.ts'

const database = await testDatabase()
const { sql } = database
const { run, journal, tenant, expireLock } = looksAt(database)

let made = 0

/** An input that has passed its dry run. */
async function arrange(adminEmail?: string) {
  const world = await newWorld(database)
  const tenantId = `operated_${made++}`
  const input = {
    tenantId,
    companyName: 'Acme Corp',
    adminEmail: adminEmail ?? `${tenantId}@example.com`,
    plan: 'SCALE',
  } as const
  await dryRun(world.ctx, input)
  return { ...world, input }
}

const ONE_TENANT = { onboarded: 1, abandoned: 0, subscriptions: 1, keys: 1, locks: 0 }

describe('onboardTenant', () => {
  it('brings a tenant through the same stages, without asking for a payment', async () => {
    const { ctx, input, billing } = await arrange()
    const { run: view, part, settled } = await onboardTenant(ctx, input)
    await settled
    expect(part).toBe('started')
    expect(await run(view.id)).toMatchObject({
      state: 'succeeded',
      origin: 'operator',
      checkout_session_id: operatorKey(input.tenantId),
    })
    const [first] =
      await sql`select detail from onboarding_stage_events where run_id = ${view.id} and stage = 'verify_payment' and status = 'completed'`
    expect(first).toEqual({ detail: { reason: 'operator' } })
    expect(await tenant(view.id)).toEqual(ONE_TENANT)
    expect(billing.calls('fetchCheckout')).toBe(0)
    const [subscription] =
      await sql`select plan, provider from subscriptions where checkout_session_id = ${operatorKey(input.tenantId)}`
    expect(subscription).toEqual({ plan: 'SCALE', provider: 'operator' })
  })

  it('makes the admin an account, or takes the one that they have, however the address is typed', async () => {
    const known = await newUser(database.db, { email: 'known.admin@example.com' })
    const { ctx, input } = await arrange('  Known.Admin@Example.com ')
    const { run: view, settled } = await onboardTenant(ctx, input)
    await settled
    expect(await run(view.id)).toMatchObject({ user_id: known.id })
    const another = await arrange('New.Admin@example.com')
    await (
      await onboardTenant(another.ctx, another.input)
    ).settled
    const [account] = await sql`select name, email from users where email = 'new.admin@example.com'`
    expect(account).toEqual({ name: 'new.admin', email: 'new.admin@example.com' })
  })

  it('refuses what has not passed a dry run, with the checks that fail', async () => {
    const { ctx } = await newWorld(database)
    const input = { tenantId: 'Not-A-Slug', companyName: 'Acme', adminEmail: 'a@example.com', plan: 'SCALE' } as const
    await expect(onboardTenant(ctx, input)).rejects.toMatchObject({
      code: 'DRY_RUN_REQUIRED',
      details: { failed_checks: [{ name: 'tenant_id_format', status: 'failed' }] },
    })
    expect(await sql`select 1 from onboarding_runs where checkout_session_id = ${operatorKey('Not-A-Slug')}`).toEqual([])
  })

  it('says that the tenant is there when it is', async () => {
    const { ctx, input } = await arrange()
    await (
      await onboardTenant(ctx, input)
    ).settled
    await expect(onboardTenant(ctx, input)).rejects.toMatchObject({ code: 'ORGANIZATION_EXISTS' })
  })

  it('goes on where the last call was cut off, by another call or by the sweeper', async () => {
    for (const again of ['call', 'sweeper'] as const) {
      const { ctx, input } = await arrange()
      const { run: view, settled } = await onboardTenant(dyingAt(ctx, 'set_up_workspace: journal.record completed before'), input)
      await settled
      expect(await onboardTenant(ctx, input)).toMatchObject({ part: 'joined' })
      await expireLock(view.id)
      await (again === 'call' ? await onboardTenant(ctx, input) : await sweep(ctx)).settled
      expect(await tenant(view.id)).toEqual(ONE_TENANT)
      expect((await journal(view.id)).filter((entry) => entry === 'create_organization completed')).toHaveLength(1)
    }
  })

  it('race: ten calls at once make one tenant and one account', async () => {
    const { ctx, input } = await arrange()
    const calls = Array.from({ length: 10 }, async () => {
      const { part, settled } = await onboardTenant(ctx, input)
      await settled
      return part
    })
    const parts = (await Promise.allSettled(calls)).map((call) => (call.status === 'fulfilled' ? call.value : call.reason.code))
    // Who comes when the tenant is there is told so.
    expect(parts.filter((part) => !['joined', 'settled', 'ORGANIZATION_EXISTS'].includes(part))).toEqual(['started'])
    const [only] = await sql<
      { id: string }[]
    >`select id from onboarding_runs where checkout_session_id = ${operatorKey(input.tenantId)}`
    expect(await tenant(only?.id ?? '')).toEqual(ONE_TENANT)
    expect(await sql`select 1 from users where email = ${input.adminEmail}`).toHaveLength(1)
  })
})
