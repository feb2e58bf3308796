import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { connectionReset } from '../testing/index.ts'
import { brokenAt, dyingAt, failedRun, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { cancelRun } from './cancel-run.ts'
import { fulfil } from './fulfil.ts'
import { retryRun } from './retry-run.ts'
import { rollBackRun } from './roll-back-run.ts'
import { sweep } from './sweep.ts'

const database = await testDatabase()
const { run, journal, tenant, audits, expireLock } = looksAt(database)

/** A run that was cancelled when it had failed at a point. */
async function cancelledRun(point: string) {
  const world = await newWorld(database)
  const failed = await failedRun(world, point)
  await cancelRun(world.ctx, { ...failed, reason: 'They changed their mind.' })
  return { ...world, ...failed }
}

const HOUR = 3_600_000
const NOTHING_LEFT = { onboarded: 0, subscriptions: 0, keys: 0, locks: 0 }

describe('rollBackRun', () => {
  it('undoes what was done, the last first, and gives the payment back once', async () => {
    const { ctx, runId, actorId, checkoutSessionId, billing, warehouse } = await cancelledRun(
      'finalize: warehouse.loadRows before',
    )
    await (
      await rollBackRun(ctx, { runId, actorId })
    ).settled
    expect(await run(runId)).toMatchObject({ state: 'rolled_back', stages_completed: 1, refund_key: `refund_${runId}` })
    expect((await run(runId))?.['refunded_at']).not.toBeNull()
    expect((await journal(runId)).filter((entry) => entry.endsWith('undone'))).toEqual([
      'generate_api_key undone',
      'set_up_workspace undone',
      'create_organization undone',
      'verify_payment undone',
    ])
    expect(await tenant(runId)).toEqual({ ...NOTHING_LEFT, abandoned: 1 })
    expect(warehouse.datasets).toHaveLength(1)
    expect(billing.refunds).toEqual([checkoutSessionId])
    expect((await audits(runId)).map(({ action }) => action)).toEqual(['run.cancelled', 'run.rolled_back'])
    await expect(rollBackRun(ctx, { runId, actorId })).rejects.toMatchObject({ code: 'RUN_STATE_INVALID' })
  })

  it('frees the slug, for whoever comes next', async () => {
    const { ctx, runId, actorId, paidCheckout } = await cancelledRun('finalize: warehouse.loadRows before')
    await (
      await rollBackRun(ctx, { runId, actorId })
    ).settled
    const next = await paidCheckout(String((await run(runId))?.['slug']))
    const { run: another, settled } = await fulfil(ctx, { checkoutSessionId: next })
    await settled
    expect(await tenant(another.id)).toMatchObject({ onboarded: 1 })
  })

  it('undoes a stage that was done in part', async () => {
    const { ctx, runId, actorId, warehouse } = await cancelledRun('set_up_workspace: warehouse.readRows before')
    expect(warehouse.datasets).toHaveLength(2)
    await (
      await rollBackRun(ctx, { runId, actorId })
    ).settled
    expect(warehouse.datasets).toHaveLength(1)
    expect(await tenant(runId)).toEqual({ ...NOTHING_LEFT, abandoned: 1 })
  })

  it('leaves nothing of a stage that the run was taken back from, and did not come to again', async () => {
    const world = await newWorld(database)
    const { ctx, warehouse } = world
    const failed = await failedRun(world, 'set_up_workspace: warehouse.readRows before')
    const broken = brokenAt(ctx, 'verify_payment: billing.fetchCheckout before')
    await (
      await retryRun(broken, { ...failed, fromStage: 'verify_payment' })
    ).settled
    expect(await run(failed.runId)).toMatchObject({ state: 'failed', stages_completed: 0 })
    expect(warehouse.datasets).toHaveLength(2)
    await cancelRun(ctx, { ...failed, reason: 'They changed their mind.' })
    await (
      await rollBackRun(ctx, failed)
    ).settled
    expect(await run(failed.runId)).toMatchObject({ state: 'rolled_back' })
    expect(warehouse.datasets).toHaveLength(1)
  })

  it('gives back once although the reply was lost, and nothing where nothing was paid', async () => {
    const paid = await cancelledRun('create_organization: journal.record completed before')
    paid.billing.loseReply('refund', connectionReset(), 2)
    await (
      await rollBackRun(paid.ctx, paid)
    ).settled
    expect(paid.billing.calls('refund')).toBe(3)
    expect(paid.billing.refunds).toEqual([paid.checkoutSessionId])

    const free = await cancelledRun('create_organization: journal.record completed before')
    const fetchCheckout = async (id: string) => {
      const checkout = await free.billing.fetchCheckout(id)
      return checkout && { ...checkout, paymentStatus: 'no_payment_required' as const }
    }
    await (
      await rollBackRun({ ...free.ctx, billing: { ...free.billing, fetchCheckout } }, free)
    ).settled
    expect(await run(free.runId)).toMatchObject({ state: 'rolled_back', refunded_at: null })
    expect(free.billing.refunds).toEqual([])
  })

  it('waits for a payment that may still clear, and gives it back then', async () => {
    const { ctx, runId, actorId, billing, clock, checkoutSessionId } = await cancelledRun(
      'create_organization: journal.record completed before',
    )
    billing.pay(checkoutSessionId, new Date(clock.now().getTime() + HOUR))
    await (
      await rollBackRun(ctx, { runId, actorId })
    ).settled
    expect(await run(runId)).toMatchObject({ state: 'cancelled' })
    expect(await tenant(runId)).toEqual({ ...NOTHING_LEFT, abandoned: 0 })
    await clock.advance(2 * HOUR)
    await (
      await sweep(ctx)
    ).settled
    expect(await run(runId)).toMatchObject({ state: 'rolled_back' })
    expect(billing.refunds).toEqual([checkoutSessionId])
  })

  it('says why it cannot go on, lets go of the lock, and is tried again with growing pauses until it is done', async () => {
    const { ctx, runId, actorId, billing, clock } = await cancelledRun('generate_api_key: vault.seal before')
    billing.failNext('refund', new Error('account closed'), 2)
    await (
      await rollBackRun(ctx, { runId, actorId })
    ).settled
    expect(await run(runId)).toMatchObject({ state: 'cancelled', sweeps: 2 })
    const [last] = await database.sql`
      select stage, status, detail from onboarding_stage_events where run_id = ${runId} order by seq desc limit 1`
    expect(last).toMatchObject({
      stage: 'verify_payment',
      status: 'failed',
      detail: { rollingBack: true, cause: { message: 'account closed' } },
    })
    expect(await tenant(runId)).toEqual({ ...NOTHING_LEFT, abandoned: 1 })
    await (
      await sweep(ctx)
    ).settled
    expect(billing.calls('refund')).toBe(1)
    for (const pause of [20_000, 40_000]) {
      await clock.advance(pause)
      await (
        await sweep(ctx)
      ).settled
    }
    expect(await run(runId)).toMatchObject({ state: 'rolled_back', next_attempt_at: null })
    expect(billing.calls('refund')).toBe(3)
  })

  it.each([
    'lock: journal.open before',
    'lock: journal.open after',
    'set_up_workspace: warehouse.deleteDataset before',
    'set_up_workspace: warehouse.deleteDataset after',
    'set_up_workspace: journal.record undone after',
    'create_organization: journal.record undone after',
    'verify_payment: billing.refund after',
    'verify_payment: journal.record undone before',
  ])('is seen through by the sweeper when its process dies at %s', async (point) => {
    const { ctx, runId, actorId, billing, warehouse, checkoutSessionId } = await cancelledRun(
      'finalize: warehouse.loadRows before',
    )
    await rollBackRun(dyingAt(ctx, point), { runId, actorId }).then(
      ({ settled }) => settled,
      () => {},
    )
    await expireLock(runId)
    await (
      await sweep(ctx)
    ).settled
    expect(await run(runId)).toMatchObject({ state: 'rolled_back' })
    expect(await tenant(runId)).toEqual({ ...NOTHING_LEFT, abandoned: 1 })
    expect(warehouse.datasets).toHaveLength(1)
    expect(billing.refunds).toEqual([checkoutSessionId])
  })

  it('race: ten at once roll back once', async () => {
    const { ctx, runId, actorId, billing } = await cancelledRun('finalize: warehouse.loadRows before')
    const calls = Array.from({ length: 10 }, async () => {
      const { part, settled } = await rollBackRun(ctx, { runId, actorId })
      await settled
      return part
    })
    const parts = (await Promise.allSettled(calls)).map((call) => (call.status === 'fulfilled' ? call.value : call.reason.code))
    // Who comes when all is done is told so.
    expect(parts.filter((part) => !['joined', 'settled', 'RUN_STATE_INVALID'].includes(part))).toEqual(['started'])
    expect((await journal(runId)).filter((entry) => entry.endsWith('undone'))).toHaveLength(4)
    expect(billing.refunds).toHaveLength(1)
  })
})
