import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import { drawPlan } from '../dry-run/draw-plan.ts'
import { fulfil } from '../provisioning/index.ts'
import { ensureStarterKit } from '../starter/index.ts'
import { connectionReset } from '../testing/index.ts'
import { newWorld } from '../testing/world.ts'
import { examineAll, examinedOrganization, examineOrganization, listExamined, repairOrganization } from './index.ts'

const database = await testDatabase()
const { sql } = database

/** An organization that was brought through its run, whose owner has signed in once. */
async function arrange() {
  const world = await newWorld(database)
  const { run, settled } = await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout() })
  await settled
  await ensureStarterKit(world.ctx, { userId: world.user.id })
  const [org] = await sql<{ id: string; slug: string; workspace: string }[]>`
    select id, slug, workspace from organizations where run_id = ${run.id}`
  if (!org) throw new Error('the run made no organization')
  return { ...world, runId: run.id, org, orgId: org.id }
}

type Tenant = Awaited<ReturnType<typeof arrange>>

const found = async ({ ctx, orgId }: Tenant) =>
  (await examineOrganization(ctx, { orgId })).findings.map(({ kind, problem }) => `${kind}: ${problem}`)

const workspaceOf = async (orgId: string): Promise<string> =>
  String((await sql`select workspace from organizations where id = ${orgId}`)[0]?.['workspace'])

describe('examineOrganization', () => {
  it('finds nothing on an organization that a run has just made, and keeps that', async () => {
    const tenant = await arrange()
    const { ctx, orgId } = tenant
    expect(await examineOrganization(ctx, { orgId })).toMatchObject({ status: 'healthy', findings: [], errorId: null })
    expect(await examinedOrganization(ctx, { orgId })).toMatchObject({
      health: 'healthy',
      slug: tenant.org.slug,
      plan: 'STARTER',
    })
  })

  it('looks at every resource of the dry run’s plan: without any of them, each is found or hidden by one that is', async () => {
    const { ctx } = await newWorld(database)
    const [org] = await sql<{ id: string }[]>`
      insert into organizations (run_id, slug, name, status, workspace)
      values (gen_random_uuid(), ${`bare_${ctx.ids.random(6, 'abc')}`}, 'Bare', 'onboarded', 'bare_nothing') returning id`
    const { findings } = await examineOrganization(ctx, { orgId: org?.id ?? '' })
    const plan = await drawPlan(ctx, { tenantId: 'bare_any', companyName: 'Bare', adminEmail: 'a@example.com', plan: 'STARTER' })
    const hidden = new Set(['organization', 'table', 'view', 'reveal'])
    const wanted = plan.filter(({ kind }) => !hidden.has(kind)).map(({ kind }) => kind)
    expect(findings.map(({ kind }) => kind)).toEqual(wanted)
    // Nobody knows who would own it: a person has to decide.
    expect(findings.filter(({ repairable }) => repairable).map(({ kind }) => kind)).toEqual(['meta_row', 'meta_row', 'meta_row'])
  })

  it('says what differs', async () => {
    const tenant = await arrange()
    const { ctx, orgId, org, user } = tenant
    await sql`update api_keys set revoked_at = now() where org_id = ${orgId}`
    await sql`update starter_kits set status = 'incomplete' where user_id = ${user.id}`
    await ctx.warehouse.loadRows(CENTRAL_DATASET, 'org_subscriptions', {
      jobId: 'wrong',
      rows: [
        {
          ...{ org_slug: org.slug, plan_name: 'STARTER', status: 'ACTIVE', created_at: new Date(Date.now() + 60_000) },
          ...{ daily_limit: 1, monthly_limit: 300, concurrent_limit: 2 },
        },
      ],
    })
    expect(await found(tenant)).toEqual([
      'api_key: is missing, or works no more',
      'meta_row: daily_limit is 1, should be 10',
      'starter_kit: is not complete',
    ])
  })

  it('asks for the starter kit of those alone who have signed in', async () => {
    const tenant = await arrange()
    await sql`delete from starter_kits where user_id = ${tenant.user.id}`
    expect(await found(tenant)).toEqual([])
    await sql`
      insert into sessions (user_id, token, expires_at)
      values (${tenant.user.id}, ${crypto.randomUUID()}, now() + interval '1 day')`
    expect(await found(tenant)).toEqual(['starter_kit: is not complete'])
  })

  it('is not examined while it is a run’s business, nor when it was given up', async () => {
    const { ctx, orgId } = await arrange()
    await sql`update organizations set status = 'abandoned' where id = ${orgId}`
    await expect(examineOrganization(ctx, { orgId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('says that it does not know when the warehouse does not answer, under an id that the log has', async () => {
    const { ctx, orgId, warehouse } = await arrange()
    warehouse.failNext('describeDataset', connectionReset())
    const { status, errorId } = await examineOrganization(ctx, { orgId })
    expect(status).toBe('unknown')
    expect(ctx.log.entries.filter(({ fields }) => fields.errorId === errorId)).toHaveLength(1)
    expect(await examinedOrganization(ctx, { orgId })).toMatchObject({ health: 'unknown', errorId })
  })
})

describe('repairOrganization', () => {
  it('puts everything right at once, and has nothing to do the second time', async () => {
    const tenant = await arrange()
    const { ctx, orgId, org, user, warehouse, runId } = tenant
    await warehouse.deleteDataset(org.workspace, { org: org.slug, run: runId })
    await sql`delete from organization_members where org_id = ${orgId}`
    await sql`delete from subscriptions where org_id = ${orgId}`
    await sql`update api_keys set revoked_at = now() where org_id = ${orgId}`
    await sql`update starter_kits set status = 'incomplete' where user_id = ${user.id}`

    const { repaired, examination } = await repairOrganization(ctx, { orgId, actorId: user.id })
    expect(examination).toMatchObject({ status: 'healthy', findings: [] })
    expect(repaired.map(({ kind }) => kind)).toEqual(['membership', 'subscription', 'dataset', 'api_key', 'starter_kit'])
    // Never under the name that it had.
    expect(await workspaceOf(orgId)).not.toBe(org.workspace)
    expect(warehouse.datasets).toContain(await workspaceOf(orgId))
    const [profile] = await warehouse.readRows(await workspaceOf(orgId), 'tenant_comprehensive_view', {
      column: 'tenant_id',
      value: org.slug,
    })
    expect(profile).toMatchObject({ plan_name: 'STARTER', subscription_daily_limit: 10 })
    const audits = await sql`select actor_id from audit_log where action = 'organization.repaired' and subject_id = ${orgId}`
    expect(audits).toEqual([{ actor_id: user.id }])

    expect(await repairOrganization(ctx, { orgId, actorId: null })).toMatchObject({ repaired: [] })
    expect(await sql`select 1 from audit_log where action = 'organization.repaired' and subject_id = ${orgId}`).toHaveLength(1)
  })

  it('makes a key that the owner can be shown, and nobody else', async () => {
    const { ctx, orgId, user } = await arrange()
    await sql`update api_keys set revoked_at = now() where org_id = ${orgId}`
    await repairOrganization(ctx, { orgId, actorId: null })
    const rows = await sql`
      select r.user_id, r.sealed is not null as sealed, r.expires_at > now() as open from key_reveals r
      join api_keys k on k.id = r.api_key_id where k.org_id = ${orgId} and k.revoked_at is null`
    expect(rows).toEqual([{ user_id: user.id, sealed: true, open: true }])
  })

  it('leaves what it cannot put right, and puts the rest right all the same', async () => {
    const tenant = await arrange()
    const { ctx, orgId, warehouse } = tenant
    await sql`update api_keys set revoked_at = now() where org_id = ${orgId}`
    await sql`delete from subscriptions where org_id = ${orgId}`
    const broken = { ...ctx, vault: { ...ctx.vault, seal: () => Promise.reject(new Error('the vault is shut')) } }
    const { repaired, examination } = await repairOrganization(broken, { orgId, actorId: null })
    expect(repaired.map(({ kind }) => kind)).toEqual(['subscription'])
    expect(examination.findings.map(({ kind }) => kind)).toEqual(['api_key'])
    expect(warehouse.datasets).toContain(await workspaceOf(orgId))
  })

  it('race: four repairs at once make one key, one workspace, one row of each', async () => {
    const tenant = await arrange()
    const { ctx, orgId, org, warehouse, runId } = tenant
    await warehouse.deleteDataset(org.workspace, { org: org.slug, run: runId })
    await sql`update api_keys set revoked_at = now() where org_id = ${orgId}`
    await sql`delete from subscriptions where org_id = ${orgId}`
    await Promise.all(Array.from({ length: 4 }, () => repairOrganization(ctx, { orgId, actorId: null })))
    expect(await repairOrganization(ctx, { orgId, actorId: null })).toMatchObject({ examination: { status: 'healthy' } })
    expect(await sql`select 1 from api_keys where org_id = ${orgId} and revoked_at is null`).toHaveLength(1)
    expect(await sql`select 1 from subscriptions where org_id = ${orgId}`).toHaveLength(1)
    expect(warehouse.datasets.filter((name) => name.startsWith(`${org.slug}_`))).toEqual([await workspaceOf(orgId)])
  })
})

describe('all organizations', () => {
  it('are examined and repaired one after the other, and listed by their health', async () => {
    await sql`delete from organizations`
    const [well, ill] = [await arrange(), await arrange()]
    await sql`update api_keys set revoked_at = now() where org_id = ${ill.orgId}`
    // The second one's warehouse is not the first one's, so the first is looked at in its own.
    const ctx = {
      ...ill.ctx,
      warehouse: { ...ill.warehouse, describeDataset: inEither(well, ill), readRows: readEither(well, ill) },
    }
    const listed = async (health: 'healthy' | 'differs' | 'unexamined') =>
      (await listExamined(ctx, { filter: { healths: [health] }, limit: 10 })).rows.map(({ orgId }) => orgId)
    expect(await listed('unexamined')).toEqual([ill.orgId, well.orgId])

    const seen: string[] = []
    const onOrganization = ({ examination }: { examination: { tenant: { org: { id: string } } } }) => {
      seen.push(examination.tenant.org.id)
    }
    expect(await examineAll(ctx, { onOrganization })).toEqual({ healthy: 1, differing: 1, unknown: 0 })
    expect(seen.toSorted()).toEqual([well.orgId, ill.orgId].toSorted())
    expect([await listed('differs'), await listed('healthy')]).toEqual([[ill.orgId], [well.orgId]])
    expect(await examineAll(ctx, { repair: { actorId: null } })).toEqual({ healthy: 2, differing: 0, unknown: 0 })
    expect(await listed('differs')).toEqual([])
    const page = await listExamined(ctx, { filter: { text: ill.org.slug }, limit: 10 })
    expect(page).toMatchObject({ rows: [{ orgId: ill.orgId, findings: [] }], nextCursor: null, count: { value: 1, exact: true } })
  })
})

function inEither(...tenants: Tenant[]) {
  return async (name: string) => {
    for (const { warehouse } of tenants) if (warehouse.datasets.includes(name)) return warehouse.describeDataset(name)
    return null
  }
}

function readEither(...tenants: Tenant[]) {
  return async (...[dataset, table, filter]: Parameters<Tenant['warehouse']['readRows']>) =>
    (await Promise.all(tenants.map(({ warehouse }) => warehouse.readRows(dataset, table, filter)))).flat()
}
