import { testDatabase } from '@gangway/db/testing'
import { pipelineRunDetailSchema, pipelineRunSchema } from '@gangway/schemas/pipelines'
import { describe, expect, it } from 'vitest'
import type { PipelinesContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { listIntegrations } from '../integrations/index.ts'
import { getQuota } from '../quotas/index.ts'
import { connectionReset } from '../testing/index.ts'
import { newPipelinesWorld } from '../testing/pipelines-world.ts'
import { readFirstValue } from './first-value.ts'
import { getPipelineRun } from './get-run.ts'
import { claimRun } from './hold-run.ts'
import { recordFailedRun } from './record-run.ts'
import { runPipeline } from './run-pipeline.ts'
import { startPipelineRun } from './start-run.ts'
import { resumePipelines } from './sweep.ts'

const database = await testDatabase()
const { sql } = database
const WEEK = { from: '2026-03-03', to: '2026-03-09' }

async function arrange() {
  const world = await newPipelinesWorld(database)
  const { ctx, start, rows } = world
  const runToEnd = async (given: Partial<Parameters<typeof startPipelineRun>[1]> = {}, worker: PipelinesContext = ctx) => {
    const { id } = await startPipelineRun(ctx, { ...start, ...given })
    await runPipeline(worker, { runId: id })
    return getPipelineRun(ctx, { caller: start.caller, runId: id })
  }
  const steps = (run: Awaited<ReturnType<typeof runToEnd>>) => run.steps.map(({ step, status }) => `${step} ${status}`)
  const counts = async () => ({ usage: (await rows('usage_records')).length, cost: (await rows('cost_records')).length })
  return { ...world, runToEnd, steps, counts }
}

const ALL_STEPS = ['validate_key', 'reserve_quota', 'decrypt_credential', 'fetch', 'check', 'load', 'record']

describe('a usage-sync', () => {
  it('fetches a week of usage and cost, checks it and loads it, and logs each step', async () => {
    const { runToEnd, steps, rows, counts, reservations, org } = await arrange()
    const run = await runToEnd()
    expect(pipelineRunDetailSchema.parse(run)).toEqual(run)
    expect(run).toMatchObject({ state: 'succeeded', range: WEEK, trigger: 'manual', rowsLoaded: 21, failure: null })
    expect(steps(run)).toEqual(ALL_STEPS.map((step) => `${step} succeeded`))
    expect(await counts()).toEqual({ usage: 14, cost: 7 })
    expect(await rows('usage_records')).toContainEqual(
      expect.objectContaining({
        ...{ org_slug: org.slug, provider: 'openai', usage_date: '2026-03-09', project: 'p1', model: 'm1' },
        ...{ metric: 'output_tokens', quantity: '340', unit: 'tokens', pipeline_run_id: run.id },
      }),
    )
    expect((await rows('cost_records'))[0]).toMatchObject({ amount: '1.25', currency: 'USD', line_item: 'm1' })
    expect(await reservations()).toEqual(['used'])
  })

  it('is told in the workspace and in the meta tables: the run, its steps, what was checked, the quota', async () => {
    const { runToEnd, rows, metaRows } = await arrange()
    const { id } = await runToEnd()
    const run = { pipeline_run_id: id, provider: 'openai', pipeline: 'usage-sync', status: 'SUCCEEDED', rows_loaded: 21 }
    for (const told of [await rows('pipeline_runs'), await metaRows('org_meta_pipeline_runs')]) expect(told).toMatchObject([run])
    for (const told of [await rows('pipeline_step_logs'), await metaRows('org_meta_step_logs')]) {
      expect(told.map(({ step_name: name, status }) => [name, status])).toEqual(ALL_STEPS.map((name) => [name, 'SUCCEEDED']))
    }
    for (const told of [await rows('dq_results'), await metaRows('org_meta_dq_results')]) {
      expect(told).toHaveLength(8)
      expect(told.every(({ passed }) => passed)).toBe(true)
    }
    expect((await metaRows('org_usage_quotas')).at(-1)).toMatchObject({
      pipelines_run: 1,
      pipelines_succeeded: 1,
      pipelines_failed: 0,
    })
  })

  it('loads no row twice when it is repeated, and again only what the provider tells otherwise', async () => {
    const { runToEnd, counts, providers, rows } = await arrange()
    await runToEnd()
    expect(await runToEnd()).toMatchObject({ state: 'succeeded', rowsLoaded: 0 })
    expect(await counts()).toEqual({ usage: 14, cost: 7 })
    const { costOn } = providers.openai
    providers.openai.costOn = (day) => costOn(day).map((row) => (day === '2026-03-05' ? { ...row, amount: '9.5' } : row))
    expect(await runToEnd()).toMatchObject({ rowsLoaded: 1 })
    const versions = (await rows('cost_records')).filter(({ usage_date: day }) => day === '2026-03-05')
    expect(versions.map(({ amount }) => amount)).toEqual(['1.25', '9.5'])
    expect(new Set(versions.map(({ record_id: id }) => id)).size).toBe(1)
  })

  it('race: five runs of one integration at the same time load each row once', async () => {
    const { ctx, start, counts } = await arrange()
    const started = await Promise.all(Array.from({ length: 5 }, () => startPipelineRun(ctx, start)))
    await Promise.all(started.map(({ id }) => runPipeline(ctx, { runId: id })))
    expect(await counts()).toEqual({ usage: 14, cost: 7 })
    const runs = await Promise.all(started.map(({ id }) => getPipelineRun(ctx, { caller: start.caller, runId: id })))
    expect(runs.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'succeeded'))
    expect(runs.reduce((sum, { rowsLoaded }) => sum + (rowsLoaded ?? 0), 0)).toBe(21)
  })

  it('race: of five workers that are told of one run, one does it', async () => {
    const { ctx, start, providers, counts } = await arrange()
    const { id } = await startPipelineRun(ctx, start)
    await Promise.all(Array.from({ length: 5 }, () => runPipeline(ctx, { runId: id })))
    expect(providers.openai.calls('fetchCost')).toBe(3)
    expect(await counts()).toEqual({ usage: 14, cost: 7 })
  })

  it('takes the range that is asked for, up to today', async () => {
    const { ctx, start, runToEnd, counts } = await arrange()
    expect(await runToEnd({ range: { from: '2026-03-10', to: '2026-03-10' } })).toMatchObject({ rowsLoaded: 3 })
    expect(await counts()).toEqual({ usage: 2, cost: 1 })
    const ahead = { ...start, range: { from: '2026-03-10', to: '2026-03-11' } }
    await expect(startPipelineRun(ctx, ahead)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('is the first value of an organization, once', async () => {
    const { ctx, org, runToEnd } = await arrange()
    expect(await readFirstValue(ctx, { orgId: org.id })).toBeNull()
    const first = await runToEnd()
    await ctx.clock.advance(1000)
    await runToEnd()
    expect(await readFirstValue(ctx, { orgId: org.id })).toEqual({ runId: first.id, at: first.finishedAt })
    expect(ctx.log.entries.filter(({ fields }) => fields['firstValue'] === true)).toHaveLength(1)
  })
})

describe('a usage-sync that meets trouble', () => {
  it('tries again what is transient, after the pause that was asked for', async () => {
    const { runToEnd, providers, clock } = await arrange()
    const slowDown = Object.assign(new Error('slow down'), { name: 'ProviderError', reason: 'rate_limited', retryAfterMs: 7000 })
    providers.openai.failNext('fetchUsage', slowDown)
    providers.openai.failNext('fetchCost', connectionReset(), 2)
    expect(await runToEnd()).toMatchObject({ state: 'succeeded', rowsLoaded: 21 })
    expect(clock.sleeps.filter((ms) => ms < 15_000)).toEqual([7000, 1000, 2000])
  })

  it('gives its quota back when it fails, and says why', async () => {
    const { ctx, start, runToEnd, steps, providers, reservations, rows, jobs, counts } = await arrange()
    providers.openai.failNext('fetchCost', connectionReset(), 4)
    const run = await runToEnd()
    expect(run).toMatchObject({ state: 'failed', failure: { code: 'NETWORK_UNREACHABLE' } })
    expect(run.failure?.message).toContain('Unable to reach')
    expect(steps(run).at(-1)).toBe('fetch failed')
    expect(await reservations()).toEqual(['released'])
    expect(await getQuota(ctx, { caller: start.caller })).toMatchObject({ day: { used: 0 }, atOnce: { used: 0 } })
    expect(ctx.log.entries.some(({ fields }) => fields.errorId === run.failure?.errorId)).toBe(true)

    expect(jobs.payloads('pipelines.record')).toEqual([{ runId: run.id }])
    await recordFailedRun(ctx, { runId: run.id })
    await recordFailedRun(ctx, { runId: run.id })
    expect(await rows('pipeline_runs')).toMatchObject([{ status: 'FAILED', error_code: 'NETWORK_UNREACHABLE' }])
    expect(await counts()).toEqual({ usage: 0, cost: 0 })
  })

  it('turns the integration red when the key is refused', async () => {
    const { ctx, who, runToEnd, steps, providers } = await arrange()
    providers.openai.rights.set('openai-key-for-tests-full', 'revoked')
    const run = await runToEnd()
    expect(run).toMatchObject({ state: 'failed', failure: { code: 'PROVIDER_KEY_REJECTED' } })
    expect(steps(run).at(-1)).toBe('decrypt_credential failed')
    expect(await listIntegrations(ctx, who)).toMatchObject([{ health: 'rejected' }])
  })

  it('loads nothing of what does not pass the checks, and keeps what they found', async () => {
    const { ctx, runToEnd, steps, providers, counts, rows } = await arrange()
    const { usageOn } = providers.openai
    providers.openai.usageOn = (day) => usageOn(day).map((row) => (day === '2026-03-06' ? { ...row, quantity: null } : row))
    const run = await runToEnd()
    expect(run).toMatchObject({ state: 'failed', failure: { code: 'PIPELINE_CHECK_FAILED' } })
    expect(steps(run).at(-1)).toBe('check failed')
    expect(await counts()).toEqual({ usage: 0, cost: 0 })
    await recordFailedRun(ctx, { runId: run.id })
    const failed = (await rows('dq_results')).filter(({ passed }) => passed === false)
    expect(failed).toMatchObject([{ target_table: 'usage_records', check_name: 'required_values', rows_failed: 2 }])
  })

  it('leaves what it could not load to the next run, which loads it once', async () => {
    const { runToEnd, warehouse, counts, ctx } = await arrange()
    warehouse.failNext('loadRows', new GangwayError('WAREHOUSE_DENIED'))
    expect(await runToEnd()).toMatchObject({ state: 'failed', failure: { code: 'WAREHOUSE_DENIED' } })
    expect(await counts()).toEqual({ usage: 0, cost: 0 })
    expect(await runToEnd()).toMatchObject({ state: 'succeeded' })
    expect(await counts()).toEqual({ usage: 14, cost: 7 })
    expect(ctx.log.entries.length).toBeGreaterThan(0)
  })

  it('adds nothing when the reply of a load was lost', async () => {
    const { runToEnd, warehouse, counts } = await arrange()
    warehouse.loseReply('loadRows', connectionReset())
    expect(await runToEnd()).toMatchObject({ state: 'succeeded', rowsLoaded: 21 })
    expect(await counts()).toEqual({ usage: 14, cost: 7 })
  })
})

describe('a usage-sync whose worker dies', () => {
  /** A worker that is gone once `method` of the warehouse or the provider has been called so often: it writes nothing any more. */
  function dying(ctx: PipelinesContext, at: (part: { name: string; calls: number }) => boolean): PipelinesContext {
    let dead = false
    const reach = (name: string, calls: number) => {
      dead ||= at({ name, calls })
      if (dead) throw new Error('the process is dead')
    }
    let loads = 0
    let fetches = 0
    const { openai } = ctx.providers
    return {
      ...ctx,
      db: new Proxy(ctx.db, {
        get(target, property) {
          if (dead) throw new Error('the process is dead')
          return Reflect.get(target, property)
        },
      }),
      warehouse: {
        ...ctx.warehouse,
        loadRows: async (...call) => ctx.warehouse.loadRows(...call).then(() => reach('load', ++loads)),
      },
      providers: {
        ...ctx.providers,
        openai: {
          ...openai,
          fetchCost: async (...call) => {
            reach('fetch', ++fetches)
            return openai.fetchCost(...call)
          },
        },
      },
    }
  }

  async function die(world: Awaited<ReturnType<typeof arrange>>, at: Parameters<typeof dying>[1]) {
    const { ctx, start } = world
    const { id } = await startPipelineRun(ctx, start)
    await expect(runPipeline(dying(ctx, at), { runId: id })).rejects.toThrow('the process is dead')
    return id
  }

  it.each([
    ['while it fetches', ({ name }: { name: string }) => name === 'fetch'],
    ['after the first batch', ({ name }: { name: string }) => name === 'load'],
    ['after the last batch', ({ name, calls }: { name: string; calls: number }) => name === 'load' && calls === 2],
    ['while it records', ({ name, calls }: { name: string; calls: number }) => name === 'load' && calls === 5],
  ])('is taken up by another: %s', async (_when, at) => {
    const world = await arrange()
    const { ctx, start, counts, reservations, expireLease, rows } = world
    const runId = await die(world, at)
    await runPipeline(ctx, { runId })
    expect(pipelineRunSchema.parse(await getPipelineRun(ctx, { caller: start.caller, runId }))).toMatchObject({
      state: 'running',
    })

    await expireLease(runId)
    const { taken, settled } = await resumePipelines(ctx)
    expect(taken).toBeGreaterThanOrEqual(1)
    await settled
    const run = await getPipelineRun(ctx, { caller: start.caller, runId })
    expect(run).toMatchObject({ state: 'succeeded', rowsLoaded: 21 })
    expect(run.steps.filter(({ status }) => status === 'interrupted')).toHaveLength(1)
    expect(await counts()).toEqual({ usage: 14, cost: 7 })
    expect(await reservations()).toEqual(['used'])
    expect(await rows('pipeline_runs')).toHaveLength(1)
  })

  it('writes nothing when it wakes and another has the run', async () => {
    const world = await arrange()
    const { ctx, start, expireLease, providers, counts } = world
    const { id: runId } = await startPipelineRun(ctx, start)
    const { fetchCost } = providers.openai
    let slept = false
    providers.openai.fetchCost = async (...call) => {
      if (!slept) {
        slept = true
        await expireLease(runId)
        await runPipeline(ctx, { runId })
      }
      return fetchCost(...call)
    }
    await runPipeline(ctx, { runId })
    const run = await getPipelineRun(ctx, { caller: start.caller, runId })
    expect(run).toMatchObject({ state: 'succeeded', rowsLoaded: 21 })
    expect(run.steps.filter(({ step, status }) => step === 'record' && status === 'succeeded')).toHaveLength(1)
    expect(await counts()).toEqual({ usage: 14, cost: 7 })
  })

  it('leaves a run to the worker that has it now, who is not done yet', async () => {
    const { ctx, start, expireLease, providers, counts } = await arrange()
    const { id: runId } = await startPipelineRun(ctx, start)
    const { fetchCost } = providers.openai
    providers.openai.fetchCost = async (...call) => {
      await expireLease(runId)
      providers.openai.fetchCost = fetchCost
      expect(await claimRun(ctx, runId)).toMatchObject({ run: { attempt: 2 } })
      return fetchCost(...call)
    }
    await runPipeline(ctx, { runId })
    const run = await getPipelineRun(ctx, { caller: start.caller, runId })
    expect(run).toMatchObject({ state: 'running', rowsLoaded: null })
    expect(run.steps.at(-1)).toMatchObject({ step: 'fetch', attempt: 1, status: 'interrupted' })
    expect(await counts()).toEqual({ usage: 0, cost: 0 })
  })

  it('wants a place of the plan again when its own has expired', async () => {
    const world = await arrange()
    const { ctx, clock, start, expireLease, reservations } = world
    const runId = await die(world, ({ name }) => name === 'fetch')
    await clock.advance(6 * 60 * 1000)
    for (let place = 0; place < 5; place++) await startPipelineRun(ctx, start)
    await expireLease(runId)
    await runPipeline(ctx, { runId })
    expect(await getPipelineRun(ctx, { caller: start.caller, runId })).toMatchObject({
      state: 'failed',
      failure: { code: 'QUOTA_EXCEEDED' },
    })
    expect((await reservations()).toSorted()).toEqual(['held', 'held', 'held', 'held', 'held', 'released'])
  })

  it('is given up after three of them', async () => {
    const world = await arrange()
    const { ctx, start, expireLease, reservations } = world
    const runId = await die(world, ({ name }) => name === 'fetch')
    await sql`update pipeline_runs set attempt = 3 where id = ${runId}`
    await expireLease(runId)
    await runPipeline(ctx, { runId })
    const run = await getPipelineRun(ctx, { caller: start.caller, runId })
    expect(run).toMatchObject({ state: 'failed', failure: { code: 'PIPELINE_INTERRUPTED' } })
    expect(await reservations()).toEqual(['released'])
  })
})
