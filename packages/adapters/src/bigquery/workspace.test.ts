import { randomBytes } from 'node:crypto'
import { bootstrap, bootstrapStatus, CENTRAL_DATASET, META_TABLES } from '@gangway/core/bootstrap'
import { dryRun } from '@gangway/core/dry-run'
import { fulfil } from '@gangway/core/provisioning'
import { newWorld } from '@gangway/core/testing/world'
import { COMPREHENSIVE_VIEW, removeWorkspace, setUpWorkspace, WORKSPACE_TABLES } from '@gangway/core/workspace'
import { seededIds, type TestClock } from '@gangway/core/testing'
import { testDatabase } from '@gangway/db/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeWorld } from './testing.ts'

const database = await testDatabase()
const worlds: Awaited<ReturnType<typeof fakeWorld>>[] = []
afterEach(() => Promise.all(worlds.splice(0).map(({ fake }) => fake.close())))

async function arrange(on?: TestClock) {
  const world = await fakeWorld(database, on)
  worlds.push(world)
  const { clock, log, warehouse } = world
  return { ...world, ctx: { db: database.db, ids: seededIds('bigquery'), clock, log, warehouse } }
}

function newPlace() {
  const orgSlug = `org_${randomBytes(4).toString('hex')}`
  return { orgSlug, runId: `run-${orgSlug}`, dataset: `${orgSlug}_0123abcd` }
}

describe('bootstrap of BigQuery', () => {
  it('makes what is declared, finds it again, and mends a column', async () => {
    const { ctx, client, fake } = await arrange()
    expect(await bootstrapStatus(ctx, { maxAgeMs: 0 })).toMatchObject({ status: 'NOT_SYNCED', tables_present: 0 })
    const first = await bootstrap(ctx)
    expect(first.tables.map(({ state }) => state)).toEqual(META_TABLES.map(() => 'created'))
    await client.dataset(CENTRAL_DATASET).table('org_funnel_events').delete()
    const fields = [{ name: 'org_slug', type: 'STRING', mode: 'REQUIRED' }]
    await client.dataset(CENTRAL_DATASET).createTable('org_funnel_events', { schema: { fields } })
    expect(await bootstrap(ctx)).toMatchObject({ status: 'DRIFTED', tables_present: 21 })
    await client.dataset(CENTRAL_DATASET).table('org_funnel_events').delete()
    expect(await bootstrap(ctx)).toMatchObject({ status: 'SYNCED', tables_present: 21, drift: [] })
    expect(fake.rateLimited).toBe(0)
  })

  it('race: eight at once on an empty project all succeed', async () => {
    const { ctx, fake } = await arrange()
    const reports = await Promise.all(Array.from({ length: 8 }, () => bootstrap(ctx)))
    expect(reports.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'SYNCED'))
    expect(fake.rateLimited).toBe(0)
  })
})

describe('workspaces in BigQuery', () => {
  it('thirty at once never meet the limit of metadata, and share the changes of the access list', async () => {
    const { ctx, fake, clock } = await arrange()
    await bootstrap(ctx)
    const before = clock.now().getTime()
    const places = Array.from({ length: 30 }, newPlace)
    await Promise.all(places.map((place) => setUpWorkspace(ctx, place)))
    expect(fake.rateLimited).toBe(0)
    expect(fake.authorizedViews(CENTRAL_DATASET).toSorted()).toEqual(
      places.map(({ dataset }) => `${dataset}.${COMPREHENSIVE_VIEW}`).toSorted(),
    )
    for (const { dataset } of places) {
      const described = await ctx.warehouse.describeDataset(dataset)
      expect(described?.map(({ table }) => table).toSorted()).toEqual(
        [...WORKSPACE_TABLES.map(({ name }) => name), COMPREHENSIVE_VIEW].toSorted(),
      )
    }
    // One after another, thirty changes would take a minute.
    expect(clock.now().getTime() - before).toBeLessThan(60_000)
  })

  it('twelve, one after another, wait for their turn to change the access list', async () => {
    const { ctx, fake, clock } = await arrange()
    await bootstrap(ctx)
    const before = clock.now().getTime()
    for (const place of Array.from({ length: 12 }, newPlace)) await setUpWorkspace(ctx, place)
    expect(fake.rateLimited).toBe(0)
    expect(fake.authorizedViews(CENTRAL_DATASET)).toHaveLength(12)
    // Five at once, five more after ten seconds, and the rest after twenty.
    expect(clock.now().getTime() - before).toBeGreaterThan(20_000)
  })

  it.each([
    ['the dataset', 'POST .*/datasets$'],
    ['a table', 'POST .*/tables$'],
    ['the validation row', 'POST /upload/.*/jobs$'],
    ['the access list', 'PATCH .*/datasets/organizations$'],
    ['the read-back', 'POST .*/queries$'],
  ])('can be repeated after the reply about %s was lost', async (_what, match) => {
    const { ctx, fake } = await arrange()
    await bootstrap(ctx)
    const place = newPlace()
    fake.fail({ kind: 'lose-reply', match })
    await expect(setUpWorkspace(ctx, place)).rejects.toMatchObject({ code: 'ECONNRESET' })
    await setUpWorkspace(ctx, place)
    expect(fake.datasets).toEqual([CENTRAL_DATASET, place.dataset])
    await removeWorkspace(ctx, place)
    await removeWorkspace(ctx, place)
    expect(fake.datasets).toEqual([CENTRAL_DATASET])
  })
})

describe('a run on BigQuery', () => {
  async function arrangeRun() {
    const world = await newWorld(database, { bootstrapped: false })
    // Waits for a turn are longer than those that the world's clock ends by itself.
    const { fake, warehouse } = await arrange({ ...world.clock, sleep: (ms) => world.clock.advance(ms) })
    const ctx = { ...world.ctx, warehouse }
    await bootstrap(ctx)
    return { ...world, ctx, fake }
  }

  async function stateOf(runId: string): Promise<unknown> {
    const [row] = await database.sql`select state from onboarding_runs where id = ${runId}`
    return row?.['state']
  }

  it('brings a paid checkout to a workspace through failures that pass', async () => {
    const { ctx, fake, paidCheckout, clock } = await arrangeRun()
    const checkoutSessionId = await paidCheckout()
    fake.settings.visibleAfterMs = 500
    fake.fail({ kind: 'status', status: 503, match: 'POST .*/datasets$' })
    fake.fail({ kind: 'lose-reply', match: 'POST /upload/.*/jobs$' })
    const { run, settled } = await fulfil(ctx, { checkoutSessionId })
    await settled
    const [row] = await database.sql`select state, workspace, slug from onboarding_runs where id = ${run.id}`
    expect(row).toMatchObject({ state: 'succeeded' })
    expect(fake.datasets).toEqual([CENTRAL_DATASET, row?.['workspace']])
    await clock.advance(500)
    const filter = { column: 'tenant_id', value: String(row?.['slug']) }
    expect(await ctx.warehouse.readRows(String(row?.['workspace']), COMPREHENSIVE_VIEW, filter)).toMatchObject([
      { plan_name: 'STARTER', tenant_status: 'ACTIVE', quota_status: 'OK' },
    ])
    expect(clock.sleeps).toContain(1000)
  })

  it.each([1, 2, 3, 4, 5, 6])('leaves one of everything after a storm of failures (seed %i)', async (seed) => {
    const { ctx, fake, paidCheckout } = await arrangeRun()
    const { random } = seededIds(`storm ${seed}`)
    const pick = <Choice>(choices: readonly Choice[]) => choices[random(2, '0123456789').charCodeAt(1) % choices.length]
    const checkoutSessionId = await startStorm()
    const { run, settled } = await fulfil(ctx, { checkoutSessionId })
    await settled
    for (let count = 0; count < 10 && (await stateOf(run.id)) !== 'succeeded'; count++) {
      const again = await fulfil(ctx, { checkoutSessionId, resume: true })
      await again.settled
    }
    fake.heal()

    expect(await stateOf(run.id)).toBe('succeeded')
    const met =
      await database.sql`select from onboarding_stage_events where run_id = ${run.id} and status in ('retrying', 'failed')`
    expect(met.length).toBeGreaterThan(0)
    const [row] = await database.sql<
      { workspace: string; slug: string }[]
    >`select workspace, slug from onboarding_runs where id = ${run.id}`
    expect(fake.datasets).toEqual([CENTRAL_DATASET, row?.workspace])
    expect(fake.authorizedViews(CENTRAL_DATASET)).toEqual([`${row?.workspace}.${COMPREHENSIVE_VIEW}`])
    const rowsIn = (table: string) =>
      ctx.warehouse.readRows(CENTRAL_DATASET, table, { column: 'org_slug', value: row?.slug ?? '' })
    for (const table of ['org_profiles', 'org_subscriptions', 'org_usage_quotas']) expect(await rowsIn(table)).toHaveLength(1)

    async function startStorm(): Promise<string> {
      for (let count = 0; count < 12; count++) {
        const kind = pick(['cut', 'lose-reply', 'lose-reply', 'html', 'status'] as const) ?? 'cut'
        const match =
          pick(['POST .*/datasets$', 'POST .*/tables$', 'POST /upload', 'POST .*/queries$', 'PATCH', 'GET .*/jobs/']) ?? ''
        fake.fail({ kind, match })
      }
      return paidCheckout(`storm_${seed}_${random(6, 'abcdef')}`)
    }
  })

  it('a dry run tells whether the credentials are taken and whether BigQuery answers', async () => {
    const { ctx, fake } = await arrangeRun()
    const input = { tenantId: 'acme_dry', companyName: 'Acme', adminEmail: 'ann@example.com', plan: 'STARTER' }
    const statusOf = async () => {
      const { validation_summary } = await dryRun(ctx, input)
      const found = new Map(validation_summary.checks.map(({ name, status }) => [name, status]))
      return [found.get('gcp_credentials'), found.get('bigquery_connectivity')]
    }
    expect(await statusOf()).toEqual(['passed', 'passed'])
    fake.fail({ kind: 'status', status: 401, match: '/queries$' })
    expect(await statusOf()).toEqual(['failed', 'failed'])
    fake.fail({ kind: 'html', status: 502, match: '/queries$' })
    expect(await statusOf()).toEqual(['skipped', 'failed'])
  })
})
