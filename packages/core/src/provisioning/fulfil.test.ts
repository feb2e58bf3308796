import { testDatabase } from '@gangway/db/testing'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import { describe, expect, it } from 'vitest'
import { isWellFormed, markSaved, reveal } from '../keys/index.ts'
import { connectionReset } from '../testing/index.ts'
import { chooseSlug } from './choose-slug.ts'
import { fulfil } from './fulfil.ts'
import { newWorld } from '../testing/world.ts'

const database = await testDatabase()
const { sql } = database

async function run(checkoutSessionId: string) {
  const [row] = await sql`select * from onboarding_runs where checkout_session_id = ${checkoutSessionId}`
  return row
}

async function journal(checkoutSessionId: string): Promise<string[]> {
  const rows = await sql<{ seq: number; stage: string; status: string }[]>`
    select seq, stage, status from onboarding_stage_events e join onboarding_runs r on r.id = e.run_id
    where checkout_session_id = ${checkoutSessionId} order by seq`
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1))
  return rows.map((row) => `${row.stage} ${row.status}`)
}

async function tenants(checkoutSessionId: string) {
  const [counts] = await sql`
    select
      (select count(*)::int from organizations o where o.run_id = r.id and status = 'onboarded') as organizations,
      (select count(*)::int from subscriptions s where s.checkout_session_id = r.checkout_session_id) as subscriptions,
      (select count(*)::int from api_keys k where k.run_id = r.id and revoked_at is null) as keys,
      (select count(*)::int from onboarding_locks l where l.checkout_session_id = r.checkout_session_id) as locks
    from onboarding_runs r where checkout_session_id = ${checkoutSessionId}`
  return counts
}

const ONE_TENANT = { organizations: 1, subscriptions: 1, keys: 1, locks: 0 }

describe('fulfil', () => {
  it('brings a paid checkout to one working tenant, stage by stage', async () => {
    const { ctx, user, warehouse, jobs, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    const { part, settled } = await fulfil(ctx, { checkoutSessionId: id, userId: user.id })
    await settled
    expect(part).toBe('started')
    expect(await run(id)).toMatchObject({ state: 'succeeded', stages_completed: 5, failure: null })
    expect(await journal(id)).toEqual(STAGE_IDS.flatMap((stage) => [`${stage} started`, `${stage} completed`]))
    expect(await tenants(id)).toEqual(ONE_TENANT)
    expect(warehouse.datasets).toHaveLength(2)
    expect(jobs.payloads('notifications.send-mail').map((mail) => mail.to)).toEqual([user.email])
  })

  it('gives 20 callers at once one tenant: one starts, the others join', async () => {
    const { ctx, paidCheckout, warehouse } = await newWorld(database)
    const id = await paidCheckout()
    const calls = await Promise.all(Array.from({ length: 20 }, () => fulfil(ctx, { checkoutSessionId: id })))
    await Promise.all(calls.map((call) => call.settled))
    expect(calls.filter((call) => call.part === 'started')).toHaveLength(1)
    expect(await tenants(id)).toEqual(ONE_TENANT)
    expect(warehouse.datasets).toHaveLength(2)
    expect((await fulfil(ctx, { checkoutSessionId: id })).part).toBe('settled')
  })

  it('reveals the key until it is saved, to nobody but its owner', async () => {
    const { ctx, user, paidCheckout } = await newWorld(database)
    const stranger = await newWorld(database)
    const id = await paidCheckout()
    await expect(reveal(ctx, { userId: user.id, checkoutSessionId: id })).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' })
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    const shown = await reveal(ctx, { userId: user.id, checkoutSessionId: id })
    if (shown.status !== 'revealed') throw new Error(shown.status)
    expect(isWellFormed(shown.apiKey)).toBe(true)
    expect(await reveal(ctx, { userId: user.id, checkoutSessionId: id })).toEqual(shown)
    await expect(reveal(ctx, { userId: stranger.user.id, checkoutSessionId: id })).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    })
    expect(await markSaved(ctx, { userId: user.id, checkoutSessionId: id })).toMatchObject({ status: 'saved' })
    expect(await reveal(ctx, { userId: user.id, checkoutSessionId: id })).toMatchObject({ status: 'saved' })
    const [left] =
      await sql`select sealed from key_reveals k join onboarding_runs r on r.org_id = k.org_id where checkout_session_id = ${id}`
    expect(left).toEqual({ sealed: null })
  })
})

describe('a checkout with nothing to bring to a tenant', () => {
  it('is refused when it is unknown, somebody else’s, or not paid', async () => {
    const { ctx, billing, user, paidCheckout } = await newWorld(database)
    const stranger = await newWorld(database)
    const open = await billing.createCheckout({
      ...{ idempotencyKey: 'open', userId: user.id, email: user.email, plan: 'STARTER', slug: 'open_one', companyName: 'Acme' },
      ...{ successUrl: 'https://app.example/s', cancelUrl: 'https://app.example/c' },
    })
    await expect(fulfil(ctx, { checkoutSessionId: 'cs_nobody' })).rejects.toMatchObject({ code: 'CHECKOUT_NOT_FOUND' })
    await expect(fulfil(ctx, { checkoutSessionId: open.checkoutSessionId })).rejects.toMatchObject({ code: 'CHECKOUT_UNPAID' })
    const theirs = await paidCheckout()
    await expect(fulfil(ctx, { checkoutSessionId: theirs, userId: stranger.user.id })).rejects.toMatchObject({
      code: 'CHECKOUT_NOT_FOUND',
    })
    await (
      await fulfil(ctx, { checkoutSessionId: theirs, userId: user.id })
    ).settled
    await expect(fulfil(ctx, { checkoutSessionId: theirs, userId: stranger.user.id })).rejects.toMatchObject({
      code: 'CHECKOUT_NOT_FOUND',
    })
  })

  it('parks while a payment clears, and goes on when it has', async () => {
    const { ctx, billing, clock, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    billing.pay(id, new Date(clock.now().getTime() + 60_000))
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    expect(await run(id)).toMatchObject({ state: 'awaiting_payment', stages_completed: 0 })
    await clock.advance(60_000)
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    expect(await run(id)).toMatchObject({ state: 'succeeded' })
  })
})

describe('a stage that fails', () => {
  it('is tried again after 1, 2 and 4 s when the cause is transient', async () => {
    const { ctx, warehouse, clock, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    warehouse.failNext('ensureDataset', connectionReset(), 3)
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    expect(clock.sleeps.filter((ms) => ms < 15_000)).toEqual([1000, 2000, 4000])
    expect((await journal(id)).filter((entry) => entry.endsWith('retrying'))).toHaveLength(3)
    expect(await tenants(id)).toEqual(ONE_TENANT)
  })

  it('does its work once although each reply was lost', async () => {
    const { ctx, warehouse, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    for (const method of ['ensureDataset', 'loadRows', 'ensureComprehensiveView'] as const)
      warehouse.loseReply(method, connectionReset())
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    expect(await tenants(id)).toEqual(ONE_TENANT)
    expect(warehouse.datasets).toHaveLength(2)
    const row = await run(id)
    const filter = { column: 'run_id', value: String(row?.['id']) }
    expect(await warehouse.readRows(String(row?.['workspace']), 'onboarding_validation_test', filter)).toHaveLength(1)
  })

  it('fails after its retries, says why, lets go of the lock, and goes on where it stopped', async () => {
    const { ctx, warehouse, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    warehouse.failNext('ensureDataset', connectionReset(), 4)
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    const failed = await run(id)
    expect(failed).toMatchObject({
      state: 'failed',
      stages_completed: 2,
      failure: { code: 'NETWORK_UNREACHABLE', kind: 'transient' },
    })
    expect(failed?.['next_attempt_at']).not.toBeNull()
    expect(await tenants(id)).toMatchObject({ locks: 0, organizations: 0 })
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    expect(await tenants(id)).toEqual(ONE_TENANT)
    expect((await journal(id)).filter((entry) => entry === 'create_organization completed')).toHaveLength(1)
  })

  it('waits for the customer when the slug is taken, and goes on with another', async () => {
    const first = await newWorld(database)
    await (
      await fulfil(first.ctx, { checkoutSessionId: await first.paidCheckout('contested') })
    ).settled
    const { ctx, user, paidCheckout } = await newWorld(database)
    const id = await paidCheckout('contested')
    await (
      await fulfil(ctx, { checkoutSessionId: id, userId: user.id })
    ).settled
    expect(await run(id)).toMatchObject({ state: 'failed', failure: { code: 'SLUG_TAKEN', kind: 'customer' } })
    expect((await fulfil(ctx, { checkoutSessionId: id, userId: user.id })).part).toBe('settled')
    const choose = (slug: string) => chooseSlug(ctx, { userId: user.id, checkoutSessionId: id, slug })
    await expect(choose('contested')).rejects.toMatchObject({ code: 'SLUG_TAKEN' })
    for (const slug of ['with-hyphen', 'ab', "a'; drop table organizations; --"]) {
      await expect(choose(slug)).rejects.toMatchObject({ code: 'SLUG_INVALID' })
    }
    await (
      await choose('uncontested')
    ).settled
    expect(await run(id)).toMatchObject({ state: 'succeeded', slug: 'uncontested' })
    expect(await tenants(id)).toEqual(ONE_TENANT)
    await expect(choose('another_one')).rejects.toMatchObject({ code: 'RUN_STATE_INVALID' })
  })

  it('stops where the warehouse was never bootstrapped, and says nothing of datasets', async () => {
    const { ctx, paidCheckout } = await newWorld(database, { bootstrapped: false })
    const id = await paidCheckout()
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    const failure = (await run(id))?.['failure']
    expect(failure).toMatchObject({ code: 'SYSTEM_NOT_READY', message: 'System setup is incomplete. Please contact support.' })
  })
})
