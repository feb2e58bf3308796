import { testDatabase } from '@gangway/db/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectionReset } from '../testing/index.ts'
import { dyingAt, failedRun, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { fulfil } from './fulfil.ts'
import { readRunMetrics } from './run-metrics.ts'
import { sweep } from './sweep.ts'

const database = await testDatabase()
const { sql } = database
const { expireLock } = looksAt(database)

beforeEach(async () => {
  await sql`truncate onboarding_runs, onboarding_stage_events, onboarding_locks cascade`
})

describe('readRunMetrics', () => {
  it('counts the runs that have not ended, by state', async () => {
    const world = await newWorld(database)
    await failedRun(world, 'set_up_workspace: warehouse.ensureTable before')
    await failedRun(world, 'finalize: warehouse.loadRows before')
    await (
      await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout() })
    ).settled
    const { unfinished } = await readRunMetrics(world.ctx)
    expect(unfinished).toEqual({ awaiting_payment: 0, pending: 0, running: 0, failed: 2, needs_sync: 0, cancelled: 0 })
  })

  it('measures the stages, and tells a retry from a takeover', async () => {
    const world = await newWorld(database)
    world.warehouse.failNext('ensureDataset', connectionReset())
    const checkoutSessionId = await world.paidCheckout()
    const { run, settled } = await fulfil(dyingAt(world.ctx, 'generate_api_key: vault.seal before'), { checkoutSessionId })
    await settled
    await expireLock(run.id)
    await (
      await sweep(world.ctx)
    ).settled
    const { stages } = await readRunMetrics(world.ctx)
    const told = Object.fromEntries(stages.map(({ stage, ...rest }) => [stage, rest]))
    expect(Object.keys(told)).toHaveLength(5)
    expect(told['set_up_workspace']).toMatchObject({ completed: 1, retried: 1, takenOver: 0 })
    expect(told['generate_api_key']).toMatchObject({ completed: 1, retried: 0, takenOver: 1 })
    const { median, p90, p99 } = told['finalize'] ?? {}
    expect([median, p90, p99].every((seconds) => typeof seconds === 'number' && seconds > 0 && seconds < 60)).toBe(true)
  })

  it('looks at the last hour alone', async () => {
    const world = await newWorld(database)
    await (
      await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout() })
    ).settled
    await sql`update onboarding_runs set created_at = now() - interval '61 minutes'`
    expect((await readRunMetrics(world.ctx)).stages).toEqual([])
  })
})
