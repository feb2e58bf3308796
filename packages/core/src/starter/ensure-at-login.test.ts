import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it, vi } from 'vitest'
import type { StarterContext } from '../context.ts'
import { connectionReset, recordingJobs, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { ensureStarterKitAtLogin } from './ensure-at-login.ts'
import { starterStatus } from './status.ts'

const { db, sql } = await testDatabase()

function context() {
  return { db, clock: testClock(), ids: seededIds('login'), log: silentLog(), jobs: recordingJobs() } satisfies StarterContext
}

describe('ensureStarterKitAtLogin', () => {
  it('is done when the kit is ready, and leaves no timer waiting', async () => {
    const user = await newUser(db)
    const ctx = context()
    expect(await ensureStarterKitAtLogin(ctx, { userId: user.id })).toBe(true)
    expect((await starterStatus(ctx, { userId: user.id })).documents).toHaveLength(3)
    expect(ctx.jobs.enqueued).toEqual([])
  })

  it('a failure does not fail the login: it is logged with its id and the kit is incomplete', async () => {
    const user = await newUser(db)
    await sql.unsafe(`alter table documents add constraint test_fails check (title <> 'Sample FAQ') not valid`)
    const ctx = context()
    expect(await ensureStarterKitAtLogin(ctx, { userId: user.id })).toBe(false)
    await sql`alter table documents drop constraint test_fails`

    expect((await starterStatus(ctx, { userId: user.id })).status).toBe('incomplete')
    expect(ctx.log.entries.some(({ level, fields }) => level === 'error' && fields.errorId?.startsWith('err_'))).toBe(true)
  })

  it('a kit that hangs lets the login go after 5 s and goes on in the queue', async () => {
    const user = await newUser(db)
    const ctx = context()
    const blocker = await sql.reserve()
    await blocker`begin`
    await blocker`insert into spaces (owner_id, kind, name) values (${user.id}, 'personal', 'Held')`
    const login = ensureStarterKitAtLogin(ctx, { userId: user.id })
    await vi.waitFor(() => expect(ctx.clock.sleeps).toEqual([5000]))
    await ctx.clock.advance(5000)

    expect(await login).toBe(false)
    await vi.waitFor(() => expect(ctx.jobs.payloads('starter.ensure')).toEqual([{ userId: user.id }]))
    await blocker`rollback`
    blocker.release()
    await vi.waitFor(async () => expect((await starterStatus(ctx, { userId: user.id })).status).toBe('ready'))
  })

  it('a queue that fails as well is logged and nothing more', async () => {
    const user = await newUser(db)
    const ctx = context()
    ctx.jobs.failNext('enqueue', connectionReset())
    const blocker = await sql.reserve()
    await blocker`begin`
    await blocker`insert into spaces (owner_id, kind, name) values (${user.id}, 'personal', 'Held')`
    const login = ensureStarterKitAtLogin(ctx, { userId: user.id })
    await vi.waitFor(() => expect(ctx.clock.sleeps).toEqual([5000]))
    await ctx.clock.advance(5000)

    expect(await login).toBe(false)
    await vi.waitFor(() =>
      expect(ctx.log.entries.map(({ message }) => message)).toContain('a late starter kit could not be queued'),
    )
    await blocker`rollback`
    blocker.release()
    await vi.waitFor(async () => expect((await starterStatus(ctx, { userId: user.id })).status).toBe('ready'))
  })
})
