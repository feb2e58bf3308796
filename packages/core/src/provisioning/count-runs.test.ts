import { testDatabase } from '@gangway/db/testing'
import { expect, it } from 'vitest'
import { failedRun } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { countRuns } from './count-runs.ts'
import { fulfil } from './fulfil.ts'

const database = await testDatabase()

it('counts runs by state, and those that somebody has to look at', async () => {
  const world = await newWorld(database)
  await (
    await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout() })
  ).settled
  await failedRun(world, 'set_up_workspace: warehouse.ensureDataset before')
  const { states, stuck } = await countRuns(world.ctx)
  expect(states).toMatchObject({ succeeded: 1, failed: 1, running: 0, rolled_back: 0 })
  expect(stuck).toBe(1)
})
