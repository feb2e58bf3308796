import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { connectionReset } from '../testing/index.ts'
import { dyingAt, failedRun, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { cancelRun } from './cancel-run.ts'
import { fulfil } from './fulfil.ts'
import { sweep } from './sweep.ts'

const database = await testDatabase()
const { run, journal, audits, tenant, expireLock } = looksAt(database)
const REASON = 'They changed their mind.'

describe('cancelRun', () => {
  it('gives a failed run up: nobody takes it up again, and it says who and why', async () => {
    const world = await newWorld(database)
    const { runId, actorId, checkoutSessionId } = await failedRun(world, 'generate_api_key: vault.seal before')
    const view = await cancelRun(world.ctx, { runId, actorId, reason: REASON })
    expect(view).toMatchObject({ state: 'cancelled', failure: { kind: 'permanent' } })
    expect((await journal(runId)).at(-1)).toBe('generate_api_key failed')
    expect(await audits(runId)).toMatchObject([{ action: 'run.cancelled', actor_id: actorId, detail: { reason: REASON } }])
    expect(await tenant(runId)).toMatchObject({ locks: 0 })
    for (const resume of [true, false]) expect((await fulfil(world.ctx, { checkoutSessionId, resume })).part).toBe('settled')
    await world.clock.advance(48 * 3_600_000)
    await (
      await sweep(world.ctx)
    ).settled
    expect(await run(runId)).toMatchObject({ state: 'cancelled' })
  })

  it('refuses a run that is at work, or done, or cancelled', async () => {
    const world = await newWorld(database)
    const { run: done, settled } = await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout() })
    const cancel = (runId: string) => cancelRun(world.ctx, { runId, actorId: world.user.id, reason: REASON })
    await expect(cancel(done.id)).rejects.toMatchObject({ code: 'RUN_STATE_INVALID' })
    await settled
    await expect(cancel(done.id)).rejects.toMatchObject({ code: 'RUN_STATE_INVALID' })
    const { runId } = await failedRun(world, 'generate_api_key: vault.seal before')
    await cancel(runId)
    await expect(cancel(runId)).rejects.toMatchObject({ code: 'RUN_STATE_INVALID' })
    await expect(cancel(crypto.randomUUID())).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it('leaves the run to the sweeper when its process dies before it is written down', async () => {
    const world = await newWorld(database)
    world.warehouse.failNext('ensureDataset', connectionReset(), 4)
    const { run: failed, settled } = await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout() })
    await settled
    const dying = dyingAt(world.ctx, 'set_up_workspace: journal.record failed before')
    await expect(cancelRun(dying, { runId: failed.id, actorId: world.user.id, reason: REASON })).rejects.toThrow(
      'the process is dead',
    )
    await expireLock(failed.id)
    await world.clock.advance(60_000)
    await (
      await sweep(world.ctx)
    ).settled
    expect(await tenant(failed.id)).toMatchObject({ onboarded: 1, keys: 1 })
  })

  it('race: cancelled and retried at once, the run is either', async () => {
    const world = await newWorld(database)
    const { runId, actorId, checkoutSessionId } = await failedRun(world, 'generate_api_key: vault.seal before')
    const [cancelled, retried] = await Promise.allSettled([
      cancelRun(world.ctx, { runId, actorId, reason: REASON }),
      fulfil({ ...world.ctx, settings: { ...world.ctx.settings, holder: 'another' } }, { checkoutSessionId, resume: true }),
    ])
    if (retried.status === 'rejected') throw new Error('a caller was refused')
    await retried.value.settled
    const { state } = (await run(runId)) ?? {}
    expect(state).toBe(cancelled.status === 'fulfilled' ? 'cancelled' : 'succeeded')
  })
})
