import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { getOrCreateSession } from './get-or-create-session.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('session'), log: silentLog() }

describe('getOrCreateSession', () => {
  it('makes an open session at the first step', async () => {
    const { id: userId } = await newUser(db)
    expect(await getOrCreateSession(ctx, { userId })).toMatchObject({
      status: 'open',
      currentStep: 'profile',
      nextStep: 'profile',
      revision: 0,
      answers: {},
      completedSteps: [],
      completedAt: null,
      updatedAt: ctx.clock.now(),
    })
  })

  it('first reads at once make one session', async () => {
    const { id: userId } = await newUser(db)
    const sessions = await Promise.all(Array.from({ length: 10 }, () => getOrCreateSession(ctx, { userId })))
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(1)
    const [count] = await sql`select count(*)::int as sessions from onboarding_sessions where user_id = ${userId}`
    expect(count?.['sessions']).toBe(1)
  })

  it('answers the completed session, and an open one before it', async () => {
    const { id: userId } = await newUser(db)
    const first = await getOrCreateSession(ctx, { userId })
    await sql`update onboarding_sessions set status = 'completed', completed_at = now() where id = ${first.id}`
    expect(await getOrCreateSession(ctx, { userId })).toMatchObject({ id: first.id, status: 'completed' })

    const [open] = await sql`
      insert into onboarding_sessions (user_id, schema_version, manifest_version, current_step, checksum, started_at)
      values (${userId}, 1, 1, 'profile', '', '2020-01-01') returning id`
    expect((await getOrCreateSession(ctx, { userId })).id).toBe(open?.['id'])
  })
})
