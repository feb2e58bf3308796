import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import { connectionReset, withPoints } from '../testing/index.ts'
import { dyingAt, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { fulfil } from './fulfil.ts'
import { sweep } from './sweep.ts'
import { purgeSynced, syncAllPending, syncPendingRecord } from './sync-pending.ts'

// What is pending of other tests is synced along: each test looks at its own.
const database = await testDatabase()
const { sql } = database
const { run, journal, tenant, audits, expireLock } = looksAt(database)
const COMPLETION = 'finalize: journal.record completed before'
const DEFERRAL = 'finalize: journal.record retrying before'

/** A run whose last stage is done in the warehouse, and could not be told to Postgres. */
async function deferredRun() {
  const world = await newWorld(database)
  const cutOff = withPoints(world.ctx, (point) => {
    if (point === COMPLETION) throw connectionReset()
  })
  const { run: view, settled } = await fulfil(cutOff, { checkoutSessionId: await world.paidCheckout() })
  await settled
  const record = () => onlyRecord(view.id)
  return { ...world, runId: view.id, id: String((await record())?.['id']), record }
}

async function onlyRecord(runId: string) {
  const rows = await sql`select * from pending_backend_syncs where run_id = ${runId}`
  if (rows.length > 1) throw new Error('more than one record')
  return rows[0]
}

const DONE = { onboarded: 1, subscriptions: 1, keys: 1, locks: 0 }

describe('a last stage that Postgres cannot be told of', () => {
  it('leaves a record without any secret, and the run waiting for it', async () => {
    const { ctx, runId, record, warehouse, jobs } = await deferredRun()
    expect(await run(runId)).toMatchObject({ state: 'needs_sync', stages_completed: 4 })
    expect(await tenant(runId)).toMatchObject({ onboarded: 0, locks: 0 })
    expect(await record()).toMatchObject({ status: 'pending_sync', retry_count: 0, last_error: null })
    expect(JSON.stringify(await record())).not.toMatch(/gw_test_|sealed/)
    expect(await warehouse.readRows(CENTRAL_DATASET, 'org_profiles', { column: 'run_id', value: runId })).toHaveLength(1)
    expect(jobs.payloads('notifications.send-mail')).toEqual([])
    expect((await fulfil(ctx, { checkoutSessionId: String((await run(runId))?.['checkout_session_id']) })).part).toBe('settled')
  })

  it('is told by the next sweep, once: mail, reveal and journal as if nothing had been', async () => {
    const { ctx, runId, record, jobs, user } = await deferredRun()
    await sweep(ctx)
    expect(await run(runId)).toMatchObject({ state: 'succeeded', stages_completed: 5, failure: null })
    expect(await tenant(runId)).toMatchObject(DONE)
    expect(await record()).toMatchObject({ status: 'synced' })
    expect((await journal(runId)).at(-1)).toBe('finalize completed')
    expect(jobs.payloads('notifications.send-mail').filter(({ to }) => to === user.email)).toHaveLength(1)
    const [reveal] = await sql`
      select v.expires_at > now() + interval '1 hour' as open from key_reveals v join api_keys k on k.id = v.api_key_id where run_id = ${runId}`
    expect(reveal).toEqual({ open: true })
  })

  it('loses nothing when not even the record can be written: the lock expires, and the sweeper finishes', async () => {
    const world = await newWorld(database)
    const { run: view, settled } = await fulfil(dyingAt(world.ctx, COMPLETION), { checkoutSessionId: await world.paidCheckout() })
    await settled
    expect(await onlyRecord(view.id)).toBeUndefined()
    await expireLock(view.id)
    await (
      await sweep(world.ctx)
    ).settled
    expect(await tenant(view.id)).toMatchObject(DONE)
    const profiles = await world.warehouse.readRows(CENTRAL_DATASET, 'org_profiles', { column: 'run_id', value: view.id })
    expect(profiles).toHaveLength(1)
  })

  it('is deferred once although the reply to that was lost', async () => {
    const world = await newWorld(database)
    let lost = 0
    const cutOff = withPoints(world.ctx, (point) => {
      if (point === COMPLETION) throw connectionReset()
      if (point === DEFERRAL.replace('before', 'after') && lost++ === 0) throw connectionReset()
    })
    const { run: view, settled } = await fulfil(cutOff, { checkoutSessionId: await world.paidCheckout() })
    await settled
    expect(await run(view.id)).toMatchObject({ state: 'needs_sync' })
    expect((await journal(view.id)).filter((entry) => entry === 'finalize retrying')).toHaveLength(1)
    expect(await onlyRecord(view.id)).toMatchObject({ status: 'pending_sync' })
  })
})

describe('syncPendingRecord', () => {
  it('race: ten at once are one, and one more changes nothing', async () => {
    const { ctx, runId, id, jobs, user } = await deferredRun()
    await Promise.all(Array.from({ length: 10 }, () => syncPendingRecord(ctx, { id })))
    expect(await syncPendingRecord(ctx, { id, actorId: user.id })).toMatchObject({ status: 'synced' })
    expect((await journal(runId)).filter((entry) => entry === 'finalize completed')).toHaveLength(1)
    expect(jobs.payloads('notifications.send-mail')).toHaveLength(1)
    expect(await tenant(runId)).toMatchObject(DONE)
  })

  it('keeps why it failed, and comes back later and later; after ten times somebody has to look', async () => {
    const { ctx, id, record, jobs } = await deferredRun()
    jobs.failNext('enqueue', new Error('queue is away'), 10)
    const pauses: number[] = []
    for (let time = 0; time < 10; time++) {
      await expect(syncPendingRecord(ctx, { id })).rejects.toThrow('queue is away')
      const { next_attempt_at: next } = (await record()) ?? {}
      pauses.push(Math.round((Number(next) - ctx.clock.now().getTime()) / 1000))
    }
    expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600])
    expect(await record()).toMatchObject({ status: 'failed', retry_count: 10, last_error: 'queue is away' })
    await ctx.clock.advance(2 * 3_600_000)
    await syncAllPending(ctx)
    expect(await record()).toMatchObject({ status: 'failed' })
  })

  it('is not found where there is none', async () => {
    const { ctx } = await newWorld(database)
    await expect(syncPendingRecord(ctx, { id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('syncAllPending', () => {
  it('takes only what is due, unless somebody asks', async () => {
    const { ctx, user, id, record, jobs, runId } = await deferredRun()
    jobs.failNext('enqueue', new Error('queue is away'))
    expect(await syncAllPending(ctx)).toMatchObject({ failed: 1 })
    await sweep(ctx)
    expect(await record()).toMatchObject({ status: 'pending_sync', retry_count: 1 })
    expect((await syncAllPending(ctx, { actorId: user.id })).failed).toBe(0)
    expect(await record()).toMatchObject({ status: 'synced' })
    expect(await run(runId)).toMatchObject({ state: 'succeeded' })
    expect(await audits(id)).toMatchObject([{ action: 'pending_sync.synced', actor_id: user.id }])
  })

  it('goes on until none is left, also those that come in meanwhile, tries each once, and says how far it is', async () => {
    const [first, second] = [await deferredRun(), await deferredRun()]
    let late: typeof first | undefined
    const busy = withPoints(first.ctx, async (point) => {
      if (point === 'finalize: jobs.enqueueAll before') late ??= await deferredRun()
    })
    first.jobs.failNext('enqueue', new Error('queue is away'))
    const said: string[] = []
    const onProgress = ({ done, total }: { done: number; total: number }) => void said.push(`${done} of ${total}`)
    expect(await syncAllPending(busy, { actorId: first.user.id, onProgress })).toEqual({ synced: 2, failed: 1 })
    expect(said).toEqual(['1 of 2', '2 of 2', '3 of 3'])
    const records = [await first.record(), await second.record(), await late?.record()]
    expect(records.map((record) => record?.['status']).toSorted()).toEqual(['pending_sync', 'synced', 'synced'])
  })

  it('takes a few where there is no time for all: those that have been due for longest', async () => {
    const [one, other] = [await deferredRun(), await deferredRun()]
    await sql`update pending_backend_syncs set next_attempt_at = now() - interval '1 second' where id = ${one.id}`
    await sql`update pending_backend_syncs set next_attempt_at = now() - interval '1 minute' where id = ${other.id}`
    expect(await syncAllPending(one.ctx, { limit: 1 })).toEqual({ synced: 1, failed: 0 })
    expect(await other.record()).toMatchObject({ status: 'synced' })
    expect(await one.record()).toMatchObject({ status: 'pending_sync' })
  })

  it('takes up what a process that died had begun', async () => {
    const { ctx, id, record, clock, runId } = await deferredRun()
    const dying = dyingAt(ctx, 'finalize: jobs.enqueueAll before')
    // What a dead process does in its last moment has no effect either.
    await syncPendingRecord(dying, { id }).catch(() => {})
    await sql`update pending_backend_syncs set status = 'syncing', retry_count = 0, next_attempt_at = now() + interval '1 minute' where id = ${id}`
    await syncAllPending(ctx)
    expect(await record()).toMatchObject({ status: 'syncing' })
    await clock.advance(61_000)
    await syncAllPending(ctx)
    expect(await record()).toMatchObject({ status: 'synced' })
    expect(await tenant(runId)).toMatchObject(DONE)
  })
})

describe('purgeSynced', () => {
  it('deletes synced records after 30 days, and no others', async () => {
    const [old, fresh, waiting] = [await deferredRun(), await deferredRun(), await deferredRun()]
    for (const { ctx, id } of [old, fresh]) await syncPendingRecord(ctx, { id })
    await sql`update pending_backend_syncs set synced_at = now() - interval '31 days' where id in ${sql([old.id, waiting.id])}`
    await purgeSynced(old.ctx)
    expect([await old.record(), await fresh.record(), await waiting.record()].map((record) => record?.['status'])).toEqual([
      undefined,
      'synced',
      'pending_sync',
    ])
  })
})
