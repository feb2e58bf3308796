import { auditLog, organizations, subscriptions } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import { fulfil } from '../provisioning/index.ts'
import { connectionReset } from '../testing/index.ts'
import { newWorld } from '../testing/world.ts'
import { syncBilling } from './sync.ts'

const database = await testDatabase()
const { db } = database

/** A tenant of a provider that nobody else in this file has. */
async function tenant(given?: Awaited<ReturnType<typeof newWorld>>) {
  const world = given ?? (await newWorld(database))
  const ctx = { ...world.ctx, billing: Object.assign(world.billing, { provider: world.ctx.settings.holder }) }
  const slug = `org_${ctx.ids.random(12, 'abcdef')}`
  const checkoutSessionId = await world.paidCheckout(slug)
  await (
    await fulfil(ctx, { checkoutSessionId })
  ).settled
  const ours = eq(subscriptions.checkoutSessionId, checkoutSessionId)
  const row = async () => (await db.select().from(subscriptions).where(ours))[0]
  const id = (await row())?.id ?? ''
  const rows = () => world.warehouse.readRows(CENTRAL_DATASET, 'org_subscriptions', { column: 'org_slug', value: slug })
  return {
    ...{ world, ctx, row, id, ours, subscriptionId: `sub_${checkoutSessionId}`, orgId: (await row())?.orgId ?? '' },
    repairs: () =>
      db
        .select({ detail: auditLog.detail })
        .from(auditLog)
        .where(and(eq(auditLog.action, 'subscription.repaired'), eq(auditLog.subjectId, id))),
    inWarehouse: async () => (await rows()).map(({ plan_name, status, daily_limit }) => ({ plan_name, status, daily_limit })),
    /** As the newest row has it. */
    async planInWarehouse() {
      return (await rows()).toSorted((a, b) => Number(b['created_at']) - Number(a['created_at']))[0]?.['plan_name']
    },
  }
}

const NOTHING = { checked: 1, repaired: 0, missing: 0, failed: 0 }
const ONE = { ...NOTHING, repaired: 1 }
const STARTER = { plan_name: 'STARTER', status: 'ACTIVE', daily_limit: 10 }

/** A process that the provider's answers reach late. */
function slowToHear(ctx: Awaited<ReturnType<typeof tenant>>['ctx']) {
  const [heard, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const fetchSubscription = async (id: string) => {
    const found = await ctx.billing.fetchSubscription(id)
    heard.resolve()
    await held.promise
    return found
  }
  return { slow: { ...ctx, billing: { ...ctx.billing, fetchSubscription } }, heard: heard.promise, go: held.resolve }
}

describe('syncBilling', () => {
  it('has nothing to do for a tenant whose run has learned the provider’s id', async () => {
    const { ctx, row, repairs, subscriptionId } = await tenant()
    expect(await row()).toMatchObject({ providerSubscriptionId: subscriptionId })
    expect(await syncBilling(ctx)).toEqual(NOTHING)
    expect(await repairs()).toEqual([])
  })

  it('learns the provider’s id where there is none, says so in the audit log, and has nothing to do the second time', async () => {
    const { ctx, row, ours, repairs, inWarehouse, subscriptionId } = await tenant()
    await db.update(subscriptions).set({ providerSubscriptionId: null }).where(ours)
    expect(await syncBilling(ctx)).toEqual(ONE)
    expect(await row()).toMatchObject({ providerSubscriptionId: subscriptionId, status: 'active', plan: 'STARTER' })
    expect(await repairs()).toMatchObject([
      { detail: { was: { providerSubscriptionId: null }, is: { providerSubscriptionId: subscriptionId } } },
    ])
    expect(await syncBilling(ctx)).toEqual(NOTHING)
    expect(await repairs()).toHaveLength(1)
    expect(await inWarehouse()).toEqual([STARTER])
  })

  it('repairs plan and status here and in the warehouse, there and back again', async () => {
    const { world, ctx, row, inWarehouse, subscriptionId, repairs } = await tenant()
    for (const change of [
      { plan: 'SCALE', status: 'past_due' },
      { plan: 'STARTER', status: 'active' },
    ] as const) {
      for (let times = 0; times < 2; times++) {
        world.billing.change(subscriptionId, change)
        await syncBilling(ctx)
        await syncBilling(ctx)
      }
      expect(await row()).toMatchObject(change)
    }
    world.billing.change(subscriptionId, { plan: 'SCALE', status: 'past_due' })
    await syncBilling(ctx)
    const scale = { plan_name: 'SCALE', status: 'PAST_DUE', daily_limit: 100 }
    expect(await inWarehouse()).toEqual([STARTER, scale, STARTER, scale])
    expect(await repairs()).toHaveLength(3)
  })

  it('keeps the plan whose price it does not know', async () => {
    const { world, ctx, row, subscriptionId } = await tenant()
    world.billing.change(subscriptionId, { plan: null, status: 'cancelled' })
    expect(await syncBilling(ctx)).toEqual(ONE)
    expect(await row()).toMatchObject({ plan: 'STARTER', status: 'cancelled' })
  })

  it('finds the right subscription where it has the id of another one', async () => {
    const { ctx, row, ours, subscriptionId } = await tenant()
    await db.update(subscriptions).set({ providerSubscriptionId: 'sub_of_nobody' }).where(ours)
    expect(await syncBilling(ctx)).toEqual(ONE)
    expect(await row()).toMatchObject({ providerSubscriptionId: subscriptionId })
  })

  it('leaves to people what the provider does not know, and alone what is not this provider’s or is being ended', async () => {
    const { ctx, ours, orgId, row } = await tenant()
    await db.update(subscriptions).set({ checkoutSessionId: 'cs_of_nobody', providerSubscriptionId: 'sub_of_nobody' }).where(ours)
    expect(await syncBilling(ctx)).toEqual({ ...NOTHING, missing: 1 })
    await db.update(organizations).set({ status: 'abandoned' }).where(eq(organizations.id, orgId))
    expect(await syncBilling(ctx)).toEqual({ ...NOTHING, checked: 0 })
    await db.update(organizations).set({ status: 'onboarded' }).where(eq(organizations.id, orgId))
    await db.update(subscriptions).set({ provider: 'operator' }).where(eq(subscriptions.orgId, orgId))
    expect(await syncBilling(ctx)).toEqual({ ...NOTHING, checked: 0 })
    expect(await row()).toBeUndefined()
  })

  it('goes on past one that fails, and gives up when the provider answers nothing at all', async () => {
    const one = await tenant()
    await tenant(one.world)
    one.world.billing.change(one.subscriptionId, { plan: 'SCALE' })
    one.world.billing.failNext('fetchSubscription', connectionReset())
    const results = [await syncBilling(one.ctx), await syncBilling(one.ctx)]
    expect(results.map(({ checked, failed }) => [checked, failed])).toEqual([
      [2, 1],
      [2, 0],
    ])
    expect(results.reduce((sum, { repaired }) => sum + repaired, 0)).toBe(1)
    one.world.billing.failNext('fetchSubscription', connectionReset(), 2)
    await expect(syncBilling(one.ctx)).rejects.toThrow('ECONNRESET')
  })

  it('repeats what was broken off after the warehouse was told, and tells it nothing twice', async () => {
    const { world, ctx, inWarehouse, subscriptionId } = await tenant()
    await syncBilling(ctx)
    world.billing.change(subscriptionId, { plan: 'SCALE' })
    world.warehouse.loseReply('loadRows', connectionReset())
    await expect(syncBilling(ctx)).rejects.toThrow('ECONNRESET')
    expect(await syncBilling(ctx)).toEqual(ONE)
    expect(await inWarehouse()).toHaveLength(2)
  })

  it('race: who was told of it before, and comes after somebody else’s repair, tells the warehouse nothing twice', async () => {
    const { world, ctx, inWarehouse, subscriptionId } = await tenant()
    world.billing.change(subscriptionId, { plan: 'SCALE' })
    const { slow, go } = slowToHear(ctx)
    const late = syncBilling(slow)
    expect(await syncBilling(ctx)).toEqual(ONE)
    go()
    expect(await late).toEqual(NOTHING)
    expect((await inWarehouse()).map(({ plan_name }) => plan_name)).toEqual(['STARTER', 'SCALE'])
  })

  it.each(['PROFESSIONAL', 'STARTER'] as const)(
    'race: who heard of SCALE, and comes after somebody else’s repair to %s, leaves that in force everywhere',
    async (plan) => {
      const { world, ctx, row, planInWarehouse, subscriptionId } = await tenant()
      world.billing.change(subscriptionId, { plan: 'SCALE' })
      const { slow, heard, go } = slowToHear(ctx)
      const late = syncBilling(slow)
      await heard
      await world.clock.advance(1000)
      if (plan === 'STARTER') await syncBilling(ctx)
      world.billing.change(subscriptionId, { plan })
      await world.clock.advance(1000)
      expect(await syncBilling(ctx)).toEqual(ONE)
      go()
      await late
      expect(await row()).toMatchObject({ plan })
      expect(await planInWarehouse()).toBe(plan)
    },
  )

  it('race: who heard the newest, and finds that somebody else has repaired what was older, looks again', async () => {
    const { world, ctx, row, planInWarehouse, subscriptionId } = await tenant()
    const [older, newer] = [slowToHear(ctx), slowToHear(ctx)]
    world.billing.change(subscriptionId, { plan: 'PROFESSIONAL' })
    const one = syncBilling(older.slow)
    await older.heard
    await world.clock.advance(1000)
    world.billing.change(subscriptionId, { plan: 'SCALE' })
    const other = syncBilling(newer.slow)
    await newer.heard
    older.go()
    expect(await one).toEqual(ONE)
    newer.go()
    expect(await other).toEqual(ONE)
    expect([(await row())?.plan, await planInWarehouse()]).toEqual(['SCALE', 'SCALE'])
  })

  it('race: gives up, to be repeated, where somebody else is first again and again, and leaves what they did', async () => {
    const { world, ctx, row, planInWarehouse, subscriptionId } = await tenant()
    let hears = 0
    const fetchSubscription = async (id: string) => {
      world.billing.change(subscriptionId, { plan: 'PROFESSIONAL' })
      const found = await ctx.billing.fetchSubscription(id)
      await world.clock.advance(1000)
      world.billing.change(subscriptionId, { plan: ++hears % 2 === 0 ? 'STARTER' : 'SCALE' })
      expect(await syncBilling(ctx)).toEqual(ONE)
      return found
    }
    const overtaken = syncBilling({ ...ctx, billing: { ...ctx.billing, fetchSubscription } })
    await expect(overtaken).rejects.toMatchObject({ code: 'DATABASE_CONFLICT' })
    expect(hears).toBe(3)
    expect([(await row())?.plan, await planInWarehouse()]).toEqual(['SCALE', 'SCALE'])
  })

  it('race: five syncs at once repair and audit once, and go through every page', async () => {
    const { world, ctx, repairs, inWarehouse, subscriptionId } = await tenant()
    for (let n = 0; n < 30; n++) await tenant(world)
    await syncBilling(ctx)
    const before = (await inWarehouse()).length
    world.billing.change(subscriptionId, { plan: 'PROFESSIONAL' })
    const syncs = await Promise.all(Array.from({ length: 5 }, () => syncBilling(ctx)))
    expect(syncs.map(({ checked }) => checked)).toEqual([31, 31, 31, 31, 31])
    expect(syncs.reduce((sum, { repaired }) => sum + repaired, 0)).toBe(1)
    expect(await repairs()).toHaveLength(1)
    expect(await inWarehouse()).toHaveLength(before + 1)
  })
})
