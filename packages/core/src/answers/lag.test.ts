import { testDatabase } from '@gangway/db/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { newSession } from '../testing/answers.ts'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { aggregateLate } from './aggregate-late.ts'
import { aggregateSessions } from './aggregate.ts'
import { readAnswersLag } from './lag.ts'
import { rollUpTotals } from './roll-up.ts'

const { db, sql } = await testDatabase()
const clock = testClock({ start: new Date() })
const ctx = { db, clock, ids: seededIds('lag'), log: silentLog() }
const { id: userId } = await newUser(db)
const answers = { work: { role: 'data' } }

beforeEach(async () => {
  await sql`truncate onboarding_sessions, onboarding_answer_snapshots, onboarding_answer_deltas cascade`
})

/** Completed so many seconds ago. */
const completed = (seconds: number) =>
  newSession(sql, userId, { answers, completedAt: new Date(clock.now().getTime() - seconds * 1000) })
const written = async () => (await sql`select session_id from onboarding_answer_snapshots`).map((row) => row['session_id'])

describe('readAnswersLag', () => {
  it('is the time from completion until it is seen, and knows what waits for the roll-up', async () => {
    expect(await readAnswersLag(ctx)).toEqual({ median: null, p90: null, p99: null, waiting: 0, oldest: 0 })
    const ages = [1, 2, 3, 4, 50, 60 * 60 * 2]
    await aggregateSessions(ctx, { sessionIds: await Promise.all(ages.map(completed)) })
    const lag = await readAnswersLag(ctx)
    expect(lag).toMatchObject({ median: expect.closeTo(3, 1), waiting: 1 })
    expect(lag.p99).toBeGreaterThan(40)
    expect(lag.oldest).toBeLessThan(60)
    await rollUpTotals(ctx)
    expect(await readAnswersLag(ctx)).toMatchObject({ waiting: 0, oldest: 0 })
  })

  it('is not made longer by a correction', async () => {
    const sessionId = await completed(1)
    await aggregateSessions(ctx, { sessionIds: [sessionId] })
    await clock.advance(60_000)
    await sql`update onboarding_sessions set revision = 1, answers = '{"work":{"role":"sales"}}' where id = ${sessionId}`
    await aggregateSessions(ctx, { sessionIds: [sessionId] })
    expect(await readAnswersLag(ctx)).toMatchObject({ p99: expect.closeTo(1, 1) })
  })
})

describe('aggregateLate', () => {
  it('takes up what is late, and neither what is on its way nor what is long gone', async () => {
    const late = await completed(11)
    await completed(1)
    await completed(60 * 60 * 24)
    expect(await aggregateLate(ctx)).toBe(1)
    expect(await written()).toEqual([late])
    expect(await aggregateLate(ctx)).toBe(0)
  })

  it('takes up a session that was corrected since', async () => {
    const sessionId = await completed(60)
    await aggregateSessions(ctx, { sessionIds: [sessionId] })
    await sql`update onboarding_sessions set revision = 1, answers = '{"work":{"role":"sales"}}' where id = ${sessionId}`
    expect(await aggregateLate(ctx)).toBe(1)
    expect([...(await sql`select role from onboarding_answer_snapshots`)]).toEqual([{ role: 'sales' }])
  })
})
