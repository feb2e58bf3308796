import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { removeIntegration, scheduleIntegration, connectIntegration, listIntegrations } from '../integrations/index.ts'
import { authenticateApiKey, rotateKey } from '../keys/index.ts'
import { requireMember } from '../organizations/index.ts'
import { newPipelinesWorld } from '../testing/pipelines-world.ts'
import { getPipelineRun } from './get-run.ts'
import { listPipelineRuns } from './list-runs.ts'
import { startPipelineRun } from './start-run.ts'
import { startScheduledRuns } from './sweep.ts'

const database = await testDatabase()
const { sql } = database

async function arrange() {
  const world = await newPipelinesWorld(database)
  const { apiKey } = await rotateKey(world.ctx, { ...world.who, overlapDays: 0 })
  const caller = await authenticateApiKey(world.ctx, apiKey)
  return { ...world, byKey: { ...world.start, caller } }
}

describe('startPipelineRun', () => {
  it('is for keys with the scope, and tells who started', async () => {
    const { ctx, byKey, jobs } = await arrange()
    const run = await startPipelineRun(ctx, byKey)
    expect(run).toMatchObject({ trigger: 'api_key', state: 'queued', range: { from: '2026-03-03', to: '2026-03-09' } })
    expect(jobs.payloads('pipelines.run')).toEqual([{ runId: run.id }])
    expect(await getPipelineRun(ctx, { caller: byKey.caller, runId: run.id })).toMatchObject({
      steps: [{ step: 'validate_key', status: 'succeeded' }, { step: 'reserve_quota' }],
    })
    const [audit] = await sql`select action, actor_id from audit_log where subject_id = ${run.id}`
    expect(audit).toEqual({ action: 'pipeline.started', actor_id: null })
    const reader = { ...byKey.caller, scopes: ['usage:read' as const] }
    await expect(startPipelineRun(ctx, { ...byKey, caller: reader })).rejects.toMatchObject({ code: 'API_KEY_SCOPE_MISSING' })
    expect(await getPipelineRun(ctx, { caller: reader, runId: run.id })).toMatchObject({ id: run.id })
    const nobody = { caller: { ...byKey.caller, scopes: [] }, runId: run.id }
    await expect(getPipelineRun(ctx, nobody)).rejects.toMatchObject({ code: 'API_KEY_SCOPE_MISSING' })
  })

  it('touches nothing of another organization', async () => {
    const [mine, theirs] = [await arrange(), await arrange()]
    const foreign = { ...mine.byKey, orgSlug: theirs.org.slug }
    await expect(startPipelineRun(mine.ctx, foreign)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(startPipelineRun(mine.ctx, { ...foreign, orgSlug: 'nobody' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { id } = await startPipelineRun(theirs.ctx, theirs.byKey)
    for (const { caller } of [mine.byKey, mine.start]) {
      await expect(getPipelineRun(mine.ctx, { caller, runId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('wants the provider connected, and one that has something to tell', async () => {
    const { ctx, start, who, reservations } = await arrange()
    await removeIntegration(ctx, { ...who, provider: 'openai' })
    await expect(startPipelineRun(ctx, start)).rejects.toMatchObject({ code: 'INTEGRATION_NOT_FOUND' })
    await connectIntegration(ctx, { ...who, provider: 'gemini', key: 'gemini-key-for-tests-full' })
    const gemini = { ...start, provider: 'gemini' as const }
    await expect(startPipelineRun(ctx, gemini)).rejects.toMatchObject({ code: 'PROVIDER_WITHOUT_REPORTS' })
    expect(await reservations()).toEqual([])
  })
})

describe('the schedule', () => {
  it('race: starts the daily run once, whoever looks, and moves on to tomorrow', async () => {
    const { ctx, clock, who, start } = await arrange()
    await scheduleIntegration(ctx, { ...who, provider: 'openai', hour: 10 })
    const runs = async () => (await listPipelineRuns(ctx, { caller: start.caller, limit: 50 })).rows.map(({ trigger }) => trigger)
    await startScheduledRuns(ctx)
    expect(await runs()).toEqual([])
    await clock.advance(60 * 60 * 1000)
    await Promise.all(Array.from({ length: 5 }, () => startScheduledRuns(ctx)))
    expect(await runs()).toEqual(['schedule'])
    expect(await listIntegrations(ctx, who)).toMatchObject([{ nextRunAt: new Date('2026-03-11T10:00:00Z') }])
    await scheduleIntegration(ctx, { ...who, provider: 'openai', hour: null })
    expect(await listIntegrations(ctx, who)).toMatchObject([{ scheduleHour: null, nextRunAt: null }])
  })

  it('waits for tomorrow where the plan has no place, without holding up others', async () => {
    const { ctx, clock, who, start, reservations } = await arrange()
    await scheduleIntegration(ctx, { ...who, provider: 'openai', hour: 10 })
    await clock.advance(30 * 60 * 1000)
    for (let place = 0; place < 5; place++) await startPipelineRun(ctx, start)
    await startScheduledRuns(ctx)
    expect(await reservations()).toHaveLength(5)
    expect(await listIntegrations(ctx, who)).toMatchObject([{ nextRunAt: new Date('2026-03-11T10:00:00Z') }])
  })
})

it('lists runs newest first, page by page', async () => {
  const { ctx, clock, start, org } = await arrange()
  const ids: string[] = []
  for (let place = 0; place < 5; place++) {
    ids.unshift((await startPipelineRun(ctx, start)).id)
    await clock.advance(1)
  }
  const first = await listPipelineRuns(ctx, { caller: start.caller, limit: 3 })
  const second = await listPipelineRuns(ctx, { caller: start.caller, limit: 3, cursor: first.nextCursor })
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(ids)
  expect(second.nextCursor).toBeNull()
  const other = await newPipelinesWorld(database)
  const foreign = { caller: await requireMember(other.ctx, other.who), limit: 3, cursor: first.nextCursor }
  await expect(listPipelineRuns(ctx, foreign)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  expect(first.rows.every(({ orgSlug }) => orgSlug === org.slug)).toBe(true)
})
