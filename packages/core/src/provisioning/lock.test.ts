import { testDatabase } from '@gangway/db/testing'
import { inTransaction } from '@gangway/db/transaction'
import { describe, expect, it } from 'vitest'
import { fulfil } from './fulfil.ts'
import { type Run, record } from './journal.ts'
import { acquireLock, releaseLock } from './lock.ts'
import { sweep } from './sweep.ts'
import { newWorld } from '../testing/world.ts'

const database = await testDatabase()
const { sql } = database

describe('the lock of a run', () => {
  it('is had by one at a time, and taken over with a higher token once it has expired', async () => {
    const { ctx } = await newWorld(database)
    const acquire = () => inTransaction(ctx.db, (tx) => acquireLock(tx, ctx, 'cs_lock'))
    const racers = await Promise.all(Array.from({ length: 10 }, acquire))
    const [first, ...others] = racers.filter((lease) => lease !== null)
    expect(others).toEqual([])
    if (!first) throw new Error('nobody has the lock')
    await sql`update onboarding_locks set expires_at = now() - interval '1 second' where checkout_session_id = 'cs_lock'`
    const second = await acquire()
    expect(second?.fencingToken).toBeGreaterThan(first.fencingToken)
    await inTransaction(ctx.db, (tx) => releaseLock(tx, first))
    expect(await acquire()).toBeNull()
  })

  it('lets no write of a holder through that slept past its expiry', async () => {
    const { ctx, clock, warehouse, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    // The first holder stands still inside the third stage, as a frozen process would.
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => (wake = resolve))
    const slow = { ...ctx, warehouse: { ...warehouse, ensureDataset: (...args: Parameters<typeof warehouse.ensureDataset>) => asleep.then(() => warehouse.ensureDataset(...args)) } }
    const frozen = await fulfil(slow, { checkoutSessionId: id })
    await expect.poll(async () => (await sql`select stages_completed from onboarding_runs where checkout_session_id = ${id}`)[0]?.['stages_completed']).toBe(2)
    await sql`update onboarding_locks set expires_at = now() - interval '1 second' where checkout_session_id = ${id}`
    expect(await sweep(ctx)).toBeGreaterThanOrEqual(1)
    const [before] = await sql`select last_seq, state from onboarding_runs where checkout_session_id = ${id}`
    expect(before).toMatchObject({ state: 'succeeded' })
    wake()
    await frozen.settled
    const [after] = await sql`select last_seq, state from onboarding_runs where checkout_session_id = ${id}`
    expect(after).toEqual(before)
    expect(warehouse.datasets).toHaveLength(2)
    expect(clock.now()).toBeInstanceOf(Date)
  })

  it('refuses a step that carries an older token', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    await (await fulfil(ctx, { checkoutSessionId: id })).settled
    const run = await ctx.db.query.onboardingRuns.findFirst({ where: (runs, { eq }) => eq(runs.checkoutSessionId, id) })
    const stale = { lockId: `onboarding_${id}`, fencingToken: (run?.fencingToken ?? 0) - 1 }
    const write = (current: Run) => record(ctx, { run: current, lease: stale }, { events: [] })
    if (!run) throw new Error('no run')
    await expect(write(run)).rejects.toMatchObject({ code: 'LOCK_LOST' })
  })
})

describe('the sweeper', () => {
  it('resumes a run whose holder died, at the first stage that is not completed', async () => {
    const { ctx, paidCheckout, warehouse } = await newWorld(database)
    const id = await paidCheckout()
    await (await fulfil(ctx, { checkoutSessionId: id })).settled
    await sql`
      with run as (update onboarding_runs set state = 'running', stages_completed = 4 where checkout_session_id = ${id} returning org_id)
      update organizations set status = 'provisioning', onboarded_at = null from run where id = run.org_id`
    const calls = warehouse.calls('ensureDataset')
    await sweep(ctx)
    const [run] = await sql`select state from onboarding_runs where checkout_session_id = ${id}`
    expect(run).toEqual({ state: 'succeeded' })
    expect(warehouse.calls('ensureDataset')).toBe(calls)
  })
})
