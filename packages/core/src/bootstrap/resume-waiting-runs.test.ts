import { testDatabase } from '@gangway/db/testing'
import { expect, it } from 'vitest'
import { fulfil, getRun, sweep } from '../provisioning/index.ts'
import { newWorld } from '../testing/world.ts'
import { bootstrap } from './bootstrap.ts'

const database = await testDatabase()

it('a run that met a warehouse without tables goes on by itself as soon as they are there', async () => {
  const { ctx, user, paidCheckout } = await newWorld(database, { bootstrapped: false })
  const checkoutSessionId = await paidCheckout()
  const { settled } = await fulfil(ctx, { checkoutSessionId, userId: user.id })
  await settled
  const look = () => getRun(ctx, { checkoutSessionId, userId: user.id })
  expect(await look()).toMatchObject({
    state: 'failed',
    stagesCompleted: 2,
    failure: { code: 'SYSTEM_NOT_READY', message: 'System setup is incomplete. Please contact support.' },
  })
  await (
    await sweep(ctx)
  ).settled
  expect(await look()).toMatchObject({ state: 'failed', stagesCompleted: 2 })

  expect(await bootstrap(ctx)).toMatchObject({ runs_resumed: 1 })
  await (
    await sweep(ctx)
  ).settled
  expect(await look()).toMatchObject({ state: 'succeeded', stagesCompleted: 5, failure: null })
})
