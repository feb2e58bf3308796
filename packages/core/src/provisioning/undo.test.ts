import { testDatabase } from '@gangway/db/testing'
import { onboardingRuns } from '@gangway/db/schema'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { connectionReset } from '../testing/index.ts'
import { failedRun } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { backTo, retrying, undoables } from './undo.ts'

const database = await testDatabase()

async function failedAt(point: string) {
  const world = await newWorld(database)
  const { runId } = await failedRun(world, point)
  const [run] = await database.db.select().from(onboardingRuns).where(eq(onboardingRuns.id, runId))
  if (!run) throw new Error('there is no run')
  return { ...world, run }
}

describe('what there is to undo', () => {
  it('is what was come to, the last first, the stage at hand included', async () => {
    const { run } = await failedAt('set_up_workspace: warehouse.readRows before')
    expect(undoables(run, 'verify_payment').map(({ id }) => id)).toEqual(['set_up_workspace', 'create_organization'])
    expect(undoables(run, 'set_up_workspace').map(({ id }) => id)).toEqual(['set_up_workspace'])
    expect(undoables(run, 'finalize')).toEqual([])
    expect(undoables({ ...run, stagesCompleted: 5 }, 'verify_payment')).toHaveLength(3)
  })
})

describe('the step back', () => {
  it('never goes forward, whatever stage is asked for', async () => {
    const { ctx, run } = await failedAt('create_organization: journal.record completed before')
    for (const stage of STAGE_IDS) {
      const { patch, events } = backTo(ctx, run, stage)
      expect(patch?.stagesCompleted).toBeLessThanOrEqual(run.stagesCompleted)
      expect(events.at(-1)).toMatchObject({ status: 'started', stage: STAGE_IDS[patch?.stagesCompleted ?? -1] })
    }
  })

  it('moves the organization to another dataset, unless it is given up itself', async () => {
    const { ctx, run } = await failedAt('finalize: warehouse.loadRows before')
    const moved = backTo(ctx, run, 'set_up_workspace')
    expect(moved.effects).toEqual({ moved: { orgId: run.orgId, workspace: moved.patch?.workspace }, revoke: run.id })
    expect(moved.patch?.workspace).not.toBe(run.workspace)
    expect(backTo(ctx, run, 'create_organization').effects).toEqual({ abandon: run.orgId, revoke: run.id })
    expect(backTo(ctx, run, 'finalize')).toMatchObject({ effects: {}, events: [{ stage: 'finalize', status: 'started' }] })
  })
})

describe('retrying', () => {
  it('pauses 1, 2 and 4 s and then gives up; anything that does not pass it throws at once', async () => {
    const { ctx, clock } = await newWorld(database)
    const hold = { lease: { lockId: 'x', fencingToken: 1 }, signal: new AbortController().signal }
    let calls = 0
    const failing = (error: Error) => async () => {
      calls += 1
      throw error
    }
    await expect(retrying(ctx, hold, failing(connectionReset()))).rejects.toThrow('ECONNRESET')
    expect(calls).toBe(4)
    expect(clock.sleeps).toEqual([1000, 2000, 4000])
    await expect(retrying(ctx, hold, failing(new Error('broken')))).rejects.toThrow('broken')
    expect(calls).toBe(5)
  })

  it('begins nothing more once the lock is lost', async () => {
    const { ctx } = await newWorld(database)
    const over = new AbortController()
    const hold = { lease: { lockId: 'x', fencingToken: 1 }, signal: over.signal }
    let calls = 0
    const work = async () => {
      calls += 1
      over.abort()
      throw connectionReset()
    }
    await expect(retrying(ctx, hold, work)).rejects.toThrow('ECONNRESET')
    await expect(retrying(ctx, hold, work)).rejects.toMatchObject({ code: 'LOCK_LOST' })
    expect(calls).toBe(1)
  })
})
