import { connect } from '@gangway/db/client'
import { testDatabase } from '@gangway/db/testing'
import type { PlanId } from '@gangway/schemas/plans'
import { quotaExceededSchema, quotaSchema } from '@gangway/schemas/quotas'
import { describe, expect, it } from 'vitest'
import { startPipelineRun } from '../pipelines/index.ts'
import { newPipelinesWorld } from '../testing/pipelines-world.ts'
import { getQuota } from './get-quota.ts'

const database = await testDatabase()
const { sql } = database

async function arrange(plan: PlanId = 'PROFESSIONAL') {
  const world = await newPipelinesWorld(database, { plan })
  const refusal = async () => {
    const error: unknown = await startPipelineRun(world.ctx, world.start).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'QUOTA_EXCEEDED' })
    return quotaExceededSchema.parse(error instanceof Error ? Reflect.get(error, 'details') : undefined)
  }
  /** Runs of earlier, which are over. */
  async function spend(count: number, at: string, state = 'used') {
    await sql`
      with runs as (
        insert into pipeline_runs (org_id, provider, pipeline, trigger, state, range_from, range_to)
        select ${world.org.id}, 'openai', 'usage-sync', 'manual', 'succeeded', '2026-03-01', '2026-03-01' from generate_series(1, ${count})
        returning id)
      insert into quota_reservations (run_id, org_id, state, reserved_at, expires_at)
      select id, ${world.org.id}, ${state}, ${at}::timestamptz, ${at}::timestamptz + interval '5 minutes' from runs`
  }
  return { ...world, refusal, spend, quota: () => getQuota(world.ctx, { caller: world.start.caller }) }
}

describe('quotas', () => {
  it('race: a hundred starts at the same time on a limit of five let exactly five in', async () => {
    const { ctx, start, reservations, jobs, quota } = await arrange()
    const wide = connect({ url: database.urls.app, max: 50, name: 'test-hundred' })
    try {
      const tries = await Promise.allSettled(Array.from({ length: 100 }, () => startPipelineRun({ ...ctx, db: wide.db }, start)))
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
      for (const attempt of tries) {
        if (attempt.status === 'rejected') {
          expect(attempt.reason).toMatchObject({ code: 'QUOTA_EXCEEDED', details: { quota: 'at_once', limit: 5, used: 5 } })
        }
      }
    } finally {
      await wide.close()
    }
    expect(await reservations()).toEqual(['held', 'held', 'held', 'held', 'held'])
    expect(jobs.payloads('pipelines.run')).toHaveLength(5)
    expect(quotaSchema.parse(await quota())).toMatchObject({ day: { used: 5, limit: 25 }, atOnce: { used: 5, limit: 5 } })
    expect(await sql`select 1 from pipeline_runs where org_id = ${start.caller.orgId}`).toHaveLength(5)
  })

  it('counts nobody but the organization itself', async () => {
    const [busy, other] = [await arrange('STARTER'), await arrange('STARTER')]
    await startPipelineRun(busy.ctx, busy.start)
    await startPipelineRun(busy.ctx, busy.start)
    expect(await busy.refusal()).toMatchObject({ quota: 'at_once', limit: 2, used: 2 })
    expect(await startPipelineRun(other.ctx, other.start)).toMatchObject({ state: 'queued' })
  })

  it('refuses the run after the last of a day until midnight UTC, and says so', async () => {
    const { ctx, clock, start, spend, refusal } = await arrange('STARTER')
    await spend(10, '2026-03-10T00:00:00Z')
    expect(await refusal()).toEqual({ quota: 'day', limit: 10, used: 10, resetsAt: new Date('2026-03-11T00:00:00Z') })
    await clock.advance(14.5 * 60 * 60 * 1000)
    expect(await startPipelineRun(ctx, start)).toMatchObject({ state: 'queued' })
  })

  it('does the same for a month', async () => {
    const { spend, refusal, clock, ctx, start } = await arrange('STARTER')
    await spend(300, '2026-03-01T00:00:00Z')
    expect(await refusal()).toEqual({ quota: 'month', limit: 300, used: 300, resetsAt: new Date('2026-04-01T00:00:00Z') })
    await clock.advance(22 * 24 * 60 * 60 * 1000)
    expect(await startPipelineRun(ctx, start)).toMatchObject({ state: 'queued' })
  })

  it('does not count what was given back, nor what was before', async () => {
    const { ctx, start, spend, quota } = await arrange('STARTER')
    await spend(50, '2026-03-10T01:00:00Z', 'released')
    await spend(50, '2026-02-28T23:59:59Z')
    await startPipelineRun(ctx, start)
    expect(await quota()).toMatchObject({ day: { used: 1 }, month: { used: 1 }, atOnce: { used: 1, resetsAt: null } })
  })

  it('lets the place of a crashed run expire', async () => {
    const { ctx, clock, start, refusal, quota } = await arrange('STARTER')
    await startPipelineRun(ctx, start)
    await startPipelineRun(ctx, start)
    const { resetsAt } = await refusal()
    expect(resetsAt).toEqual(new Date('2026-03-10T09:35:00Z'))
    await clock.advance(resetsAt.getTime() - clock.now().getTime())
    expect(await startPipelineRun(ctx, start)).toMatchObject({ state: 'queued' })
    expect(await quota()).toMatchObject({ day: { used: 1 }, atOnce: { used: 1 } })
  })

  it('wants a subscription that is alive', async () => {
    const { ctx, start, org } = await arrange()
    await sql`update subscriptions set status = 'cancelled' where org_id = ${org.id}`
    await expect(startPipelineRun(ctx, start)).rejects.toMatchObject({ code: 'SUBSCRIPTION_INACTIVE' })
    await sql`update subscriptions set status = 'past_due' where org_id = ${org.id}`
    expect(await startPipelineRun(ctx, start)).toMatchObject({ state: 'queued' })
  })
})
