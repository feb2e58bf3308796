import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import { dryRun } from '../dry-run/index.ts'
import { onboardTenant } from '../provisioning/index.ts'
import { brokenAt, dyingAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { discardCheckTenant, findLeftovers, newCheckTenant } from './index.ts'

const database = await testDatabase()
const { sql } = database

/** Everything that a run leaves in Postgres but the audit log, in rows. */
async function rows(): Promise<Record<string, unknown>> {
  const [counts] = await sql`
    select (select count(*)::int from onboarding_runs) as runs, (select count(*)::int from onboarding_stage_events) as events,
           (select count(*)::int from onboarding_locks) as locks, (select count(*)::int from organizations) as organizations,
           (select count(*)::int from api_keys) as keys, (select count(*)::int from key_reveals) as reveals,
           (select count(*)::int from subscriptions) as subscriptions, (select count(*)::int from users) as users,
           (select count(*)::int from dry_runs) as dry_runs, (select count(*)::int from pending_backend_syncs) as syncs`
  return { ...counts }
}

async function arrange() {
  const world = await newWorld(database)
  const input = newCheckTenant(world.ctx)
  const before = await rows()
  await dryRun(world.ctx, input)
  return { ...world, input, before }
}

type Context = Awaited<ReturnType<typeof arrange>>['ctx']

const WAYS: [string, (ctx: Context) => Context][] = [
  ['came through', (ctx) => ctx],
  ['failed at its first stage', (ctx) => brokenAt(ctx, 'create_organization: journal.record completed before')],
  ['failed with a workspace', (ctx) => brokenAt(ctx, 'generate_api_key: vault.seal before')],
  ['failed at its last stage', (ctx) => brokenAt(ctx, 'finalize: warehouse.loadRows before')],
]

describe('discardCheckTenant', () => {
  it.each(WAYS)('leaves nothing of a run that %s', async (_way, breaking) => {
    const { ctx, input, before, warehouse } = await arrange()
    await (
      await onboardTenant(breaking(ctx), input)
    ).settled
    expect(await rows()).not.toEqual(before)
    await discardCheckTenant(ctx, input)
    expect(await rows()).toEqual(before)
    expect(warehouse.datasets).toEqual([CENTRAL_DATASET])
    await discardCheckTenant(ctx, input)
    const profiles = await warehouse.readRows(CENTRAL_DATASET, 'org_profiles', { column: 'org_slug', value: input.tenantId })
    expect(profiles.map(({ status }) => status).at(-1) ?? 'REMOVED').toBe('REMOVED')
  })

  it('goes on with a run whose process died, once its lock has expired', async () => {
    const { ctx, input, before } = await arrange()
    const { run, settled } = await onboardTenant(dyingAt(ctx, 'set_up_workspace: journal.record completed before'), input)
    await settled
    await expect(discardCheckTenant(ctx, input)).rejects.toMatchObject({ code: 'RUN_STATE_INVALID' })
    await sql`
      update onboarding_locks l set expires_at = now() - interval '1 second'
      from onboarding_runs r where r.id = ${run.id} and l.checkout_session_id = r.checkout_session_id`
    await discardCheckTenant(ctx, input)
    expect(await rows()).toEqual(before)
  })

  it('touches no other tenant: not by name, and not in the database', async () => {
    const { ctx, input } = await arrange()
    await expect(discardCheckTenant(ctx, { tenantId: 'acme_corp' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const real = { ...input, tenantId: 'real_one', adminEmail: 'real@example.com' }
    await dryRun(ctx, real)
    const { run, settled } = await onboardTenant(ctx, real)
    await settled
    expect(await ctx.db.execute(`select forget_check_run('${run.id}') as forgotten`)).toMatchObject([{ forgotten: false }])
    await expect(ctx.db.execute('delete from onboarding_stage_events')).rejects.toMatchObject({
      cause: { message: 'permission denied for table onboarding_stage_events' },
    })
    await discardCheckTenant(ctx, input)
  })

  it('finds what a check that was killed has left, an hour later', async () => {
    const { ctx, input } = await arrange()
    await (
      await onboardTenant(ctx, input)
    ).settled
    expect(await findLeftovers(ctx)).toEqual([])
    await sql`update onboarding_runs set created_at = now() - interval '2 hours' where slug in (${input.tenantId}, 'real_one')`
    expect(await findLeftovers(ctx)).toEqual([input.tenantId])
    await discardCheckTenant(ctx, input)
  })
})
