import { testDatabase } from '@gangway/db/testing'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import { describe, expect, it } from 'vitest'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import { brokenAt, dyingAt, failedRun, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { fulfil } from './fulfil.ts'
import { retryRun } from './retry-run.ts'
import { sweep } from './sweep.ts'

const database = await testDatabase()
const { run, journal, tenant, audits, expireLock } = looksAt(database)

const LAST = 'finalize: warehouse.loadRows before'
const ONE_TENANT = { onboarded: 1, subscriptions: 1, keys: 1, locks: 0 }

describe('retryRun', () => {
  it('goes on where the run stopped, and says who wanted it', async () => {
    const world = await newWorld(database)
    const { runId, actorId } = await failedRun(world, LAST)
    const { part, settled } = await retryRun(world.ctx, { runId, actorId })
    await settled
    expect(part).toBe('started')
    expect(await tenant(runId)).toEqual({ ...ONE_TENANT, abandoned: 0 })
    expect((await journal(runId)).filter((entry) => entry === 'set_up_workspace completed')).toHaveLength(1)
    expect(await audits(runId)).toMatchObject([{ action: 'run.retried', actor_id: actorId, detail: {} }])
  })

  it.each(STAGE_IDS)('makes everything anew from %s on, and leaves one of each', async (fromStage) => {
    const world = await newWorld(database)
    const { runId, actorId } = await failedRun(world, LAST)
    const before = await run(runId)
    await (
      await retryRun(world.ctx, { runId, actorId, fromStage })
    ).settled
    const after = await run(runId)
    expect(after).toMatchObject({ state: 'succeeded', stages_completed: 5, failure: null, next_attempt_at: null })
    const orgAnew = STAGE_IDS.indexOf(fromStage) <= 1
    const workspaceAnew = STAGE_IDS.indexOf(fromStage) <= 2
    expect(await tenant(runId)).toEqual({ ...ONE_TENANT, abandoned: orgAnew ? 1 : 0 })
    expect(after?.['org_id'] !== before?.['org_id']).toBe(orgAnew)
    // A name is never used again: rows can vanish from a dataset that is made anew.
    expect(after?.['workspace'] !== before?.['workspace']).toBe(workspaceAnew)
    expect(world.warehouse.datasets.filter((name) => name !== CENTRAL_DATASET)).toEqual([after?.['workspace']])
    const [organization] = await database.sql`select workspace from organizations where id = ${String(after?.['org_id'])}`
    expect(organization).toEqual({ workspace: after?.['workspace'] })
    const [view] = await world.warehouse.readRows(String(after?.['workspace']), 'tenant_comprehensive_view', {
      column: 'tenant_id',
      value: String(after?.['slug']),
    })
    expect(view).toMatchObject({ tenant_status: 'ACTIVE', plan_name: 'STARTER' })
    const profiles = await world.warehouse.readRows(CENTRAL_DATASET, 'org_profiles', { column: 'run_id', value: runId })
    expect(profiles.at(-1)).toMatchObject({ workspace_dataset: after?.['workspace'], org_id: after?.['org_id'] })
  })

  it('sees to the old dataset later when it cannot be deleted now', async () => {
    const world = await newWorld(database)
    const { runId, actorId, checkoutSessionId } = await failedRun(world, LAST)
    world.warehouse.failNext('deleteDataset', new Error('no'))
    await (
      await retryRun(world.ctx, { runId, actorId, fromStage: 'set_up_workspace' })
    ).settled
    expect(await run(runId)).toMatchObject({ state: 'failed', stages_completed: 2 })
    await (
      await fulfil(world.ctx, { checkoutSessionId, resume: true })
    ).settled
    expect(world.warehouse.datasets).toHaveLength(2)
    expect(await tenant(runId)).toEqual({ ...ONE_TENANT, abandoned: 0 })
  })

  it.each([
    'generate_api_key: journal.record undone before',
    'generate_api_key: journal.record undone after',
    'set_up_workspace: warehouse.ensureDataset after',
  ])('is finished by the sweeper when its process dies at %s', async (point) => {
    const world = await newWorld(database)
    const { runId, actorId } = await failedRun(world, LAST)
    await (
      await retryRun(dyingAt(world.ctx, point), { runId, actorId, fromStage: 'create_organization' })
    ).settled
    await expireLock(runId)
    await (
      await sweep(world.ctx)
    ).settled
    expect(await tenant(runId)).toMatchObject(ONE_TENANT)
    expect(world.warehouse.datasets).toHaveLength(2)
  })

  it('refuses a run that has not failed, or has not come to the stage', async () => {
    const world = await newWorld(database)
    const early = await failedRun(world, 'verify_payment: journal.record completed before')
    await expect(retryRun(world.ctx, { ...early, fromStage: 'set_up_workspace' })).rejects.toMatchObject({
      code: 'RUN_STATE_INVALID',
    })
    await (
      await retryRun(world.ctx, early)
    ).settled
    await expect(retryRun(world.ctx, early)).rejects.toMatchObject({ code: 'RUN_STATE_INVALID' })
    await expect(retryRun(world.ctx, { ...early, runId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it('race: of two who take a run back at once, one is let in', async () => {
    const world = await newWorld(database)
    const failed = await failedRun(world, LAST)
    const both = await Promise.allSettled([
      retryRun(brokenAt(world.ctx, 'nowhere'), { ...failed, fromStage: 'set_up_workspace' }),
      retryRun(brokenAt(world.ctx, 'nowhere'), { ...failed, fromStage: 'create_organization' }),
    ])
    for (const each of both) if (each.status === 'fulfilled') await each.value.settled
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await tenant(failed.runId)).toMatchObject(ONE_TENANT)
  })
})
