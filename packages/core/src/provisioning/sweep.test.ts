import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { connectionReset } from '../testing/index.ts'
import { brokenAt, dyingAt, failedRun, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { fulfil } from './fulfil.ts'
import { createJournal } from './journal.ts'
import { sweep, sweepPaidCheckouts } from './sweep.ts'

// A sweep takes up the runs of other tests as well: each test looks at its own.
const database = await testDatabase()
const { sql } = database
const { run, journal, tenant, expireLock } = looksAt(database)

/** A run that failed for a cause that passes. */
async function transientlyFailed(times = 4) {
  const world = await newWorld(database)
  world.warehouse.failNext('ensureDataset', connectionReset(), times)
  const { run: view, settled } = await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout() })
  await settled
  return { ...world, runId: view.id }
}

const DONE = { onboarded: 1, subscriptions: 1, keys: 1, locks: 0 }
const HOUR = 3_600_000

describe('sweep', () => {
  it('leaves a run alone whose holder is at work, and takes it up once the lock has expired', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const dying = dyingAt(ctx, 'set_up_workspace: warehouse.ensureTable after')
    const { run: view, settled } = await fulfil(dying, { checkoutSessionId: await paidCheckout() })
    await settled
    await (
      await sweep(ctx)
    ).settled
    expect(await run(view.id)).toMatchObject({ state: 'running', stages_completed: 2 })
    await expireLock(view.id)
    await (
      await sweep(ctx)
    ).settled
    expect(await tenant(view.id)).toMatchObject(DONE)
  })

  it('race: of five sweepers one takes a run up', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const dying = dyingAt(ctx, 'generate_api_key: vault.seal before')
    const { run: view, settled } = await fulfil(dying, { checkoutSessionId: await paidCheckout() })
    await settled
    await expireLock(view.id)
    const sweeps = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        sweep({ ...ctx, journal: createJournal(ctx), settings: { ...ctx.settings, holder: `sweeper-${n}` } }),
      ),
    )
    await Promise.all(sweeps.map((each) => each.settled))
    expect(await tenant(view.id)).toMatchObject(DONE)
    expect((await journal(view.id)).filter((entry) => entry === 'generate_api_key started')).toHaveLength(2)
  })

  it('tries a failure that passes again, after pauses that grow', async () => {
    const { ctx, clock, runId } = await transientlyFailed(12)
    for (const pause of [10_000, 20_000]) {
      await (
        await sweep(ctx)
      ).settled
      expect(await run(runId)).toMatchObject({ state: 'failed' })
      await clock.advance(pause)
      await (
        await sweep(ctx)
      ).settled
    }
    expect(await run(runId)).toMatchObject({ state: 'failed', sweeps: 3 })
    await clock.advance(40_000)
    await (
      await sweep(ctx)
    ).settled
    expect(await tenant(runId)).toMatchObject(DONE)
  })

  it('gives up after a day of pauses, and not because a clock says so', async () => {
    const patient = await transientlyFailed(1000)
    await patient.clock.advance(100 * HOUR)
    await (
      await sweep(patient.ctx)
    ).settled
    expect((await run(patient.runId))?.['next_attempt_at']).not.toBeNull()

    const tired = await transientlyFailed(1000)
    await sql`update onboarding_runs set sweeps = 32 where id = ${tired.runId}`
    await tired.clock.advance(25 * HOUR)
    await (
      await sweep(tired.ctx)
    ).settled
    expect(await run(tired.runId)).toMatchObject({ state: 'failed', next_attempt_at: null, sweeps: 33 })
  })

  it('takes up in time what a clock that was wrong had put off', async () => {
    const { ctx, runId } = await transientlyFailed()
    await sql`update onboarding_runs set next_attempt_at = now() + interval '30 hours' where id = ${runId}`
    await (
      await sweep(ctx)
    ).settled
    expect(await tenant(runId)).toMatchObject(DONE)
  })

  it('looks again for a payment that clears', async () => {
    const { ctx, billing, clock, paidCheckout } = await newWorld(database)
    const checkoutSessionId = await paidCheckout()
    billing.pay(checkoutSessionId, new Date(clock.now().getTime() + 90_000))
    const { run: view, settled } = await fulfil(ctx, { checkoutSessionId })
    await settled
    await clock.advance(61_000)
    await (
      await sweep(ctx)
    ).settled
    expect(await run(view.id)).toMatchObject({ state: 'awaiting_payment' })
    await clock.advance(61_000)
    await (
      await sweep(ctx)
    ).settled
    expect(await tenant(view.id)).toMatchObject(DONE)
  })

  it('leaves alone what waits for a person', async () => {
    const world = await newWorld(database)
    const { runId } = await failedRun(world, 'generate_api_key: vault.seal before')
    const before = await run(runId)
    await world.clock.advance(48 * HOUR)
    await (
      await sweep(world.ctx)
    ).settled
    expect(await run(runId)).toEqual(before)
  })

  it('goes on with the others when one cannot be taken up', async () => {
    const [one, other] = [await transientlyFailed(), await transientlyFailed()]
    await one.clock.advance(60_000)
    const broken = { ...one.ctx, billing: other.ctx.billing, journal: brokenAt(one.ctx, 'lock: journal.open before').journal }
    await (
      await sweep(broken)
    ).settled
    await (
      await sweep(one.ctx)
    ).settled
    for (const { runId } of [one, other]) expect(await tenant(runId)).toMatchObject({ onboarded: 1 })
  })

  it('forgets the ciphertext of keys whose time is over', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const { run: view, settled } = await fulfil(ctx, { checkoutSessionId: await paidCheckout() })
    await settled
    const sealed = () =>
      sql`select sealed is not null as kept from key_reveals v join api_keys k on k.id = v.api_key_id where run_id = ${view.id}`
    await sweep(ctx)
    expect(await sealed()).toMatchObject([{ kept: true }])
    await sql`update key_reveals set expires_at = now() - interval '1 second'`
    await sweep(ctx)
    expect(await sealed()).toMatchObject([{ kept: false }])
  })
})

describe('sweepPaidCheckouts', () => {
  it('finds who has paid while nobody was told, after days as well, and starts no run twice', async () => {
    const { ctx, clock, paidCheckout } = await newWorld(database)
    const [forgotten, known] = [await paidCheckout(), await paidCheckout()]
    await (
      await fulfil(ctx, { checkoutSessionId: known })
    ).settled
    await clock.advance(30 * HOUR)
    const { advanced, settled } = await sweepPaidCheckouts(ctx)
    await settled
    expect(advanced).toBe(1)
    const [found] = await sql<{ id: string }[]>`select id from onboarding_runs where checkout_session_id = ${forgotten}`
    expect(await tenant(found?.id ?? '')).toMatchObject(DONE)
    expect(await sweepPaidCheckouts(ctx)).toMatchObject({ advanced: 0 })
  })

  it('finds one among more than can be looked up at once', async () => {
    const { ctx, billing, paidCheckout } = await newWorld(database)
    const known = await paidCheckout()
    await (
      await fulfil(ctx, { checkoutSessionId: known })
    ).settled
    const forgotten = await paidCheckout()
    const [newest, paid] = await billing.listPaidCheckouts(new Date(0))
    if (!newest || !paid) throw new Error('two have paid')
    const other = newest.checkoutSessionId === forgotten ? paid : newest
    const crowd = Array.from({ length: 70_000 }, () => other)
    const listed = [...crowd, newest.checkoutSessionId === forgotten ? newest : paid]
    const { advanced, settled } = await sweepPaidCheckouts({
      ...ctx,
      billing: { ...billing, listPaidCheckouts: async () => listed },
    })
    await settled
    expect(advanced).toBe(1)
  })

  it('looks a day back, or a week where it is told to', async () => {
    const { ctx, clock, paidCheckout } = await newWorld(database)
    await paidCheckout()
    await clock.advance(26 * HOUR)
    expect(await sweepPaidCheckouts(ctx, 'recent')).toMatchObject({ advanced: 0 })
    const { advanced, settled } = await sweepPaidCheckouts(ctx, 'all')
    await settled
    expect(advanced).toBe(1)
  })

  it('has nothing to do with what is not paid', async () => {
    const { ctx, billing, clock, paidCheckout } = await newWorld(database)
    billing.pay(await paidCheckout(), new Date(clock.now().getTime() + HOUR))
    expect(await sweepPaidCheckouts(ctx)).toMatchObject({ advanced: 0 })
  })
})
