import { testDatabase } from '@gangway/db/testing'
import { EVENT_ID_BYTES, newEventId } from '@gangway/schemas/event-id'
import type { BrowserEvent } from '@gangway/schemas/telemetry'
import { describe, expect, it } from 'vitest'
import { getOrCreateSession } from '../questionnaire/index.ts'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { recordBatch } from './record-batch.ts'

const { db, sql } = await testDatabase()
const clock = testClock({ start: new Date() })
const ctx = { db, clock, ids: seededIds('record batch'), log: silentLog() }
const now = clock.now().getTime()
const DAY_MS = 24 * 60 * 60 * 1000

const eventId = (at: number) => newEventId(at, crypto.getRandomValues(new Uint8Array(EVENT_ID_BYTES)))

async function arrange() {
  const { id: userId } = await newUser(db)
  const { id: sessionId } = await getOrCreateSession(ctx, { userId })
  const viewed = (at = now): BrowserEvent => ({ id: eventId(at), sessionId, name: 'step_viewed', step: 'work', props: {} })
  const rows = () => sql`select * from telemetry_events where user_id = ${userId} order by at`
  return { userId, sessionId, viewed, rows }
}

describe('recordBatch', () => {
  it('keeps what happened when, with the person and the variant of the session', async () => {
    const { userId, sessionId, viewed, rows } = await arrange()
    await sql`update onboarding_sessions set variant = 'short' where id = ${sessionId}`
    const completed = { ...viewed(now - 5000), name: 'step_completed', props: { elapsedMs: 1200 } }
    expect(await recordBatch(ctx, { userId, events: [viewed(now - 9000), completed] })).toEqual({
      accepted: 2,
      misdated: [],
      now,
    })
    expect(await rows()).toMatchObject([
      { session_id: sessionId, name: 'step_viewed', step: 'work', variant: 'short', at: new Date(now - 9000), props: {} },
      { name: 'step_completed', at: new Date(now - 5000), props: { elapsedMs: 1200 } },
    ])
  })

  it('drops what is not understood, and nothing else of the batch', async () => {
    const { userId, viewed, rows } = await arrange()
    const events = [viewed(), { ...viewed(), props: { answer: 'Ada' } }, { ...viewed(), name: 'of_tomorrow' }, null, 'x']
    expect(await recordBatch(ctx, { userId, events })).toMatchObject({ accepted: 1, misdated: [] })
    expect(await rows()).toHaveLength(1)
  })

  it("drops what is told of somebody else's session", async () => {
    const [mine, other] = [await arrange(), await arrange()]
    expect(await recordBatch(ctx, { userId: mine.userId, events: [other.viewed()] })).toMatchObject({ accepted: 0, misdated: [] })
    expect([await mine.rows(), await other.rows()]).toEqual([[], []])
  })

  it('refuses more than a batch', async () => {
    const { userId, viewed } = await arrange()
    const events = Array.from({ length: 51 }, () => viewed())
    await expect(recordBatch(ctx, { userId, events })).rejects.toThrow('Too big')
  })

  it('names what cannot have happened then, and records none of it: the sender dates it anew', async () => {
    const { userId, viewed, rows } = await arrange()
    const [ahead, ancient] = [viewed(now + DAY_MS), viewed(now - 31 * DAY_MS)]
    const events = [ahead, ancient, viewed(now - 29 * DAY_MS)]
    expect(await recordBatch(ctx, { userId, events })).toEqual({ accepted: 1, misdated: [ahead.id, ancient.id], now })
    expect(await rows()).toHaveLength(1)
  })
})

describe('a repeat', () => {
  it('adds nothing, whether in one batch, in the next, or weeks later in another partition of time', async () => {
    const { userId, viewed, rows } = await arrange()
    const event = viewed(now - 1000)
    await recordBatch(ctx, { userId, events: [event, event] })
    expect(await recordBatch(ctx, { userId, events: [event] })).toMatchObject({ accepted: 1 })
    const later = { ...ctx, clock: testClock({ start: new Date(now + 29 * DAY_MS) }) }
    expect(await recordBatch(later, { userId, events: [event] })).toMatchObject({ accepted: 1 })
    expect(await rows()).toHaveLength(1)
  })

  it('race: one batch that arrives eight times at once is recorded once', async () => {
    const { userId, viewed, rows } = await arrange()
    const events = Array.from({ length: 20 }, (_, index) => viewed(now - index))
    const shuffled = () => events.toSorted(() => Math.random() - 0.5)
    await Promise.all(Array.from({ length: 8 }, () => recordBatch(ctx, { userId, events: shuffled() })))
    expect(await rows()).toHaveLength(20)
  })
})
