import { testDatabase } from '@gangway/db/testing'
import { alertSchema, type Lock, lockSchema, pendingSyncsPageSchema, type PendingSyncStatus } from '@gangway/schemas/runs'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { readAlerts } from './alerts.ts'
import { listLocks } from './list-locks.ts'
import { listPendingSyncs } from './list-pending-syncs.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock({ start: new Date() }), ids: seededIds('alerts'), log: silentLog() }

async function alerts() {
  const found = await readAlerts(ctx)
  expect(alertSchema.array().parse(found)).toEqual(found)
  return Object.fromEntries(found.map(({ kind, ...alert }) => [kind, alert]))
}

function insertSyncs(status: PendingSyncStatus, count: number) {
  return sql`
    insert into pending_backend_syncs (run_id, org_slug, api_key_fingerprint, backend_onboarded_at, status, created_at)
    select gen_random_uuid(), 'org_' || n, 'fp', now(), ${status}, timestamptz '2026-03-01' + (n / 3) * interval '1 microsecond'
    from generate_series(1, ${count}) n`
}

describe('alerts', () => {
  it('are quiet while nothing is wrong', async () => {
    expect(await alerts()).toEqual({
      pending_syncs: { value: 0, threshold: 10, raised: false },
      failed_syncs: { value: 0, threshold: 5, raised: false },
      old_locks: { value: 0, threshold: 300, raised: false },
      answers_lag: { value: 0, threshold: 60, raised: false },
    })
  })

  it('are raised above their threshold, and not on it', async () => {
    await insertSyncs('pending_sync', 9)
    await insertSyncs('syncing', 1)
    await insertSyncs('failed', 5)
    await insertSyncs('synced', 20)
    expect(await alerts()).toMatchObject({
      pending_syncs: { value: 10, raised: false },
      failed_syncs: { value: 5, raised: false },
    })
    await insertSyncs('pending_sync', 1)
    await insertSyncs('failed', 1)
    expect(await alerts()).toMatchObject({ pending_syncs: { value: 11, raised: true }, failed_syncs: { value: 6, raised: true } })
  })

  it('know the oldest lock', async () => {
    const lock = (id: string, seconds: number) => sql`
      insert into onboarding_locks (lock_id, checkout_session_id, holder, fencing_token, acquired_at, expires_at)
      values (${`onboarding_${id}`}, ${id}, 'host:1', 1, now() - ${seconds} * interval '1 second', now() + interval '1 minute')`
    await lock('cs_young', 10)
    expect(await alerts()).toMatchObject({ old_locks: { value: expect.closeTo(10, -1), raised: false } })
    await lock('cs_old', 301)
    expect(await alerts()).toMatchObject({ old_locks: { value: expect.closeTo(301, -1), raised: true } })
    const locks = await listLocks(ctx)
    expect(lockSchema.array().parse(locks)).toEqual(locks)
    expect(locks.map(({ checkoutSessionId, run, expired }: Lock) => [checkoutSessionId, run, expired])).toEqual([
      ['cs_old', null, false],
      ['cs_young', null, false],
    ])
  })

  it('know the completion that has waited longest for its snapshot', async () => {
    const { id: userId } = await newUser(db)
    const complete = async (secondsAgo: number) => {
      const completedAt = new Date(ctx.clock.now().getTime() - secondsAgo * 1000)
      const [session] = await sql<{ id: string }[]>`
        insert into onboarding_sessions (user_id, schema_version, manifest_version, current_step, checksum, status, completed_at)
        values (${userId}, 1, 1, 'profile', 'x', 'completed', ${completedAt}) returning id`
      return { sessionId: session?.id ?? '', completedAt }
    }
    const first = await complete(61)
    await complete(30)
    await complete(60 * 60 * 24 * 30)
    expect(await alerts()).toMatchObject({ answers_lag: { value: 61, raised: true } })
    await sql`
      insert into onboarding_answer_snapshots (session_id, user_id, variant, completed_at, answer_schema_version, answers)
      values (${first.sessionId}, ${userId}, 'control', ${first.completedAt}, 1, '{}')`
    expect(await alerts()).toMatchObject({ answers_lag: { value: 30, raised: false } })
    const corrected = new Date(ctx.clock.now().getTime() - 45_000)
    await sql`update onboarding_sessions set revision = revision + 1, updated_at = ${corrected} where id = ${first.sessionId}`
    expect(await alerts()).toMatchObject({ answers_lag: { value: 45, raised: false } })
  })
})

describe('listPendingSyncs', () => {
  it.each([1, 4, 200])('pages of %i cover those of some states exactly once, newest first', async (limit) => {
    const filter = { statuses: ['failed' as const, 'synced' as const] }
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page = await listPendingSyncs(ctx, { filter, limit, cursor })
      expect(pendingSyncsPageSchema.parse(page)).toEqual(page)
      ids.push(...page.rows.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    const expected =
      await sql`select id from pending_backend_syncs where status in ('failed', 'synced') order by created_at desc, id desc`
    expect(ids).toEqual(expected.map((row) => row['id']))
    expect(ids.length).toBeGreaterThan(20)
  })
})
