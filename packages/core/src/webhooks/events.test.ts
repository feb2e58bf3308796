import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { fulfil, syncPendingRecord } from '../provisioning/index.ts'
import { connectionReset, withPoints } from '../testing/index.ts'
import { brokenAt, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'

const database = await testDatabase()
const look = looksAt(database)

type World = Awaited<ReturnType<typeof newWorld>>

function news({ jobs }: World) {
  return jobs.payloads('webhooks.publish').map(({ type, orgId, data }) => ({ type, orgId, data }))
}

describe('the news of a run', () => {
  it('is queued once with its last step, and says what was made', async () => {
    const world = await newWorld(database)
    const checkoutSessionId = await world.paidCheckout('news_of_success')
    const { run, settled } = await fulfil(world.ctx, { checkoutSessionId })
    await settled
    const orgId = (await look.run(run.id))?.['org_id']
    expect(news(world)).toEqual([
      {
        ...{ type: 'run.succeeded', orgId },
        data: {
          ...{ run_id: run.id, checkout_session_id: checkoutSessionId, org_id: orgId },
          ...{ org_slug: 'news_of_success', company_name: 'Acme Corp', plan: 'STARTER' },
        },
      },
    ])
  })

  it('is queued when it fails, with what the customer was told', async () => {
    const world = await newWorld(database)
    const checkoutSessionId = await world.paidCheckout()
    const { run, settled } = await fulfil(brokenAt(world.ctx, 'set_up_workspace: warehouse.ensureDataset before'), {
      checkoutSessionId,
    })
    await settled
    const [told, ...others] = news(world)
    expect(others).toEqual([])
    const failure = (await look.run(run.id))?.['failure']
    expect(told).toMatchObject({
      type: 'run.failed',
      data: {
        ...{ run_id: run.id, stage: 'set_up_workspace', next_attempt_at: null },
        failure: { code: failure.code, error_id: failure.errorId },
      },
    })
  })

  it('is that it fails for the first time, and not each time that it goes on by itself', async () => {
    const world = await newWorld(database)
    const checkoutSessionId = await world.paidCheckout()
    world.warehouse.failNext('ensureDataset', connectionReset(), 8)
    for (let round = 0; round < 2; round++) await (await fulfil(world.ctx, { checkoutSessionId })).settled
    expect(news(world)).toMatchObject([{ type: 'run.failed', data: { next_attempt_at: expect.any(String) } }])
    await (
      await fulfil(world.ctx, { checkoutSessionId })
    ).settled
    expect(news(world).map(({ type }) => type)).toEqual(['run.failed', 'run.succeeded'])
  })

  it('comes with the sync where Postgres could not be told at once', async () => {
    const world = await newWorld(database)
    const checkoutSessionId = await world.paidCheckout()
    const cutOff = withPoints(world.ctx, (point) => {
      if (point === 'finalize: journal.record completed before') throw connectionReset()
    })
    const { run, settled } = await fulfil(cutOff, { checkoutSessionId })
    await settled
    expect(await look.run(run.id)).toMatchObject({ state: 'needs_sync' })
    expect(news(world)).toEqual([])
    const [sync] = await database.sql<{ id: string }[]>`select id from pending_backend_syncs where run_id = ${run.id}`
    await syncPendingRecord(world.ctx, { id: sync?.id ?? '' })
    expect(news(world)).toMatchObject([{ type: 'run.succeeded', data: { run_id: run.id } }])
  })
})
