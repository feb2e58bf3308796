import { connect } from '@gangway/db/client'
import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { fulfil, openRun } from './fulfil.ts'
import { createJournal, type Step } from './journal.ts'
import { sweep } from './sweep.ts'
import { newWorld } from '../testing/world.ts'

const database = await testDatabase()
const { sql } = database

describe('the lock of a run', () => {
  it('is had by one at a time, and taken over with a higher token once it has expired', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const checkoutSessionId = await paidCheckout()
    const checkout = await ctx.billing.fetchCheckout(checkoutSessionId)
    if (!checkout) throw new Error('no checkout')
    // Several journals, as several processes have.
    const open = () =>
      openRun({ ...ctx, journal: createJournal(ctx) }, { checkoutSessionId }, { ...checkout, origin: 'checkout' })
    const racers = await Promise.all(Array.from({ length: 10 }, open))
    const winners = racers.flatMap((opened) => (opened.part === 'started' ? [opened] : []))
    expect(racers.map(({ part }) => part).sort()).toEqual([...Array.from({ length: 9 }, () => 'joined'), 'started'])
    await sql`update onboarding_locks set expires_at = now() - interval '1 second' where checkout_session_id = ${checkoutSessionId}`
    const second = await open()
    if (second.part !== 'started' || !winners[0]) throw new Error(second.part)
    expect(second.lease.fencingToken).toBeGreaterThan(winners[0].lease.fencingToken)
    expect(await open()).toMatchObject({ part: 'joined' })
    const [runs] = await sql`select count(*)::int from onboarding_runs where checkout_session_id = ${checkoutSessionId}`
    expect(runs).toEqual({ count: 1 })
  })

  it('is joined by whoever comes from another process while the run is being made', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const connections = Array.from({ length: 6 }, () => connect({ url: database.urls.app, name: 'test-race', max: 1 }))
    await Promise.all(connections.map(({ db }) => db.execute('select 1')))
    for (let round = 0; round < 10; round++) {
      const checkoutSessionId = await paidCheckout()
      const checkout = await ctx.billing.fetchCheckout(checkoutSessionId)
      if (!checkout) throw new Error('no checkout')
      const racers = connections.map(({ db }) => {
        const journal = createJournal({ db, jobs: ctx.jobs })
        return openRun({ ...ctx, journal }, { checkoutSessionId }, { ...checkout, origin: 'checkout' })
      })
      const parts = (await Promise.all(racers)).map(({ part }) => part)
      expect(parts.sort()).toEqual(['joined', 'joined', 'joined', 'joined', 'joined', 'started'])
    }
    await Promise.all(connections.map((connection) => connection.close()))
  })

  it('lets no write of a holder through that slept past its expiry', async () => {
    const { ctx, clock, warehouse, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    // The first holder stands still inside the third stage, as a frozen process would.
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => (wake = resolve))
    const slow = {
      ...ctx,
      warehouse: {
        ...warehouse,
        ensureDataset: (...args: Parameters<typeof warehouse.ensureDataset>) =>
          asleep.then(() => warehouse.ensureDataset(...args)),
      },
    }
    const frozen = await fulfil(slow, { checkoutSessionId: id })
    await expect
      .poll(
        async () =>
          (await sql`select stages_completed from onboarding_runs where checkout_session_id = ${id}`)[0]?.['stages_completed'],
      )
      .toBe(2)
    await sql`update onboarding_locks set expires_at = now() - interval '1 second' where checkout_session_id = ${id}`
    await (
      await sweep(ctx)
    ).settled
    const [before] = await sql`select last_seq, state from onboarding_runs where checkout_session_id = ${id}`
    expect(before).toMatchObject({ state: 'succeeded' })
    wake()
    await frozen.settled
    const [after] = await sql`select last_seq, state from onboarding_runs where checkout_session_id = ${id}`
    expect(after).toEqual(before)
    expect(warehouse.datasets).toHaveLength(2)
    expect(clock.now()).toBeInstanceOf(Date)
  })

  it('refuses a step that carries an older token, and takes a repeated one for what it is', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const checkoutSessionId = await paidCheckout()
    const checkout = await ctx.billing.fetchCheckout(checkoutSessionId)
    if (!checkout) throw new Error('no checkout')
    const opened = await openRun(ctx, { checkoutSessionId }, { ...checkout, origin: 'checkout' })
    if (opened.part !== 'started') throw new Error(opened.part)
    const { run, lease } = opened
    const step: Step = { events: [{ stage: 'verify_payment', status: 'retrying', attempt: 1 }] }
    await expect(
      ctx.journal.record({ run, lease: { ...lease, fencingToken: lease.fencingToken - 1 }, step }),
    ).rejects.toMatchObject({ code: 'LOCK_LOST' })
    const once = await ctx.journal.record({ run, lease, step })
    const twice = await ctx.journal.record({ run, lease, step })
    expect(twice.lastSeq).toBe(once.lastSeq)
    const [events] = await sql`select count(*)::int from onboarding_stage_events where run_id = ${run.id}`
    expect(events).toEqual({ count: 2 })
  })
})

describe('the sweeper', () => {
  it('resumes a run whose holder died, at the first stage that is not completed', async () => {
    const { ctx, paidCheckout, warehouse } = await newWorld(database)
    const id = await paidCheckout()
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    await sql`
      with run as (update onboarding_runs set state = 'running', stages_completed = 4 where checkout_session_id = ${id} returning org_id)
      update organizations set status = 'provisioning', onboarded_at = null from run where id = run.org_id`
    const calls = warehouse.calls('ensureDataset')
    await (
      await sweep(ctx)
    ).settled
    const [run] = await sql`select state from onboarding_runs where checkout_session_id = ${id}`
    expect(run).toEqual({ state: 'succeeded' })
    expect(warehouse.calls('ensureDataset')).toBe(calls)
  })
})
