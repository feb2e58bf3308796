import { eventTime } from '@gangway/schemas/event-id'
import { type BrowserEvent, browserEventSchema } from '@gangway/schemas/telemetry'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOutbox, type EventStore, type NewEvent, type Sent } from './outbox.ts'

const SERVER_NOW = Date.UTC(2026, 10, 21, 12)
const HOUR_MS = 60 * 60 * 1000

beforeEach(() => vi.useFakeTimers({ now: SERVER_NOW }))
afterEach(() => vi.useRealTimers())

const viewed = (step = 'work'): NewEvent => ({ sessionId: crypto.randomUUID(), name: 'step_viewed', step, props: {} })

function kept(events = new Map<string, BrowserEvent>()): EventStore & { ids(): string[] } {
  return {
    all: async () => [...events.values()],
    put: async (added) => added.forEach((event) => events.set(event.id, event)),
    remove: async (ids) => ids.forEach((id) => events.delete(id)),
    clear: async () => events.clear(),
    ids: () => [...events.keys()],
  }
}

/** A server with the right time, and a device whose clock is `ahead`. */
function arrange({ ahead = 0, store = kept() } = {}) {
  const batches: BrowserEvent[][] = []
  const beacons: BrowserEvent[][] = []
  const server: { answer: Sent | undefined } = { answer: undefined }
  const outbox = createOutbox({
    store,
    async post(events) {
      if (server.answer) return server.answer
      batches.push([...events])
      const misdated = events.filter(({ id }) => Math.abs(eventTime(id) - Date.now()) > HOUR_MS).map(({ id }) => id)
      return { kind: 'receipt', receipt: { accepted: events.length - misdated.length, misdated, now: Date.now() } }
    },
    beacon(events) {
      beacons.push([...events])
      return true
    },
    now: () => Date.now() + ahead,
    bytes: () => crypto.getRandomValues(new Uint8Array(10)),
  })
  return { outbox, store, server, batches, beacons, sent: () => batches.flat().map(({ step }) => step) }
}

describe('what is added', () => {
  it('goes in one batch after five seconds, as the server takes it, and is forgotten', async () => {
    const { outbox, store, batches } = arrange()
    outbox.add(viewed('profile'))
    await vi.advanceTimersByTimeAsync(4900)
    outbox.add(viewed('work'))
    expect([batches, store.ids().length]).toEqual([[], 2])
    await vi.advanceTimersByTimeAsync(100)
    expect(batches.map((batch) => batch.map(({ step }) => step))).toEqual([['profile', 'work']])
    for (const event of batches.flat()) expect(browserEventSchema.safeParse(event).success).toBe(true)
    expect(store.ids()).toEqual([])
  })

  it('goes at once when there are twenty, and in batches of fifty', async () => {
    const { outbox, server, batches } = arrange()
    server.answer = { kind: 'later' }
    for (let event = 0; event < 120; event++) outbox.add(viewed())
    server.answer = undefined
    await outbox.flush()
    await outbox.flush()
    expect(batches.map(({ length }) => length)).toEqual([50, 50, 20])
    for (let event = 0; event < 20; event++) outbox.add(viewed())
    await vi.advanceTimersByTimeAsync(0)
    expect(batches).toHaveLength(4)
  })

  it('waits while there is no way, longer each time, and goes in its order afterwards', async () => {
    const { outbox, store, server, sent } = arrange()
    server.answer = { kind: 'later' }
    for (const step of ['a', 'b', 'c']) outbox.add(viewed(step))
    await vi.advanceTimersByTimeAsync(10 * 60 * 1000)
    expect([sent(), store.ids().length]).toEqual([[], 3])
    server.answer = undefined
    await outbox.flush()
    expect([sent(), store.ids()]).toEqual([['a', 'b', 'c'], []])
  })

  it('is given up when it is refused, and does not keep others from going', async () => {
    const { outbox, store, server, sent } = arrange()
    server.answer = { kind: 'never' }
    outbox.add(viewed('refused'))
    await outbox.flush()
    server.answer = undefined
    outbox.add(viewed('next'))
    await outbox.flush()
    expect([sent(), store.ids()]).toEqual([['next'], []])
  })

  it('is no more than five hundred: the newest', async () => {
    const { outbox, store, server, sent } = arrange()
    server.answer = { kind: 'later' }
    for (let event = 0; event < 520; event++) outbox.add(viewed(`step-${event}`))
    expect(store.ids()).toHaveLength(500)
    server.answer = undefined
    await outbox.flush()
    await outbox.flush()
    expect([sent().length, sent()[0]]).toEqual([500, 'step-20'])
  })

  it('breaks nothing where storage is refused', async () => {
    const refuse = async () => {
      throw new Error('no storage here')
    }
    const { outbox, sent } = arrange({ store: { ...kept(), all: refuse, put: refuse, remove: refuse, clear: refuse } })
    await outbox.open()
    outbox.add(viewed())
    await outbox.flush()
    await outbox.clear()
    expect(sent()).toEqual(['work'])
  })
})

describe('a page that is left', () => {
  it('sends a beacon, and what it carried once more at the next visit: under the same ids', async () => {
    const first = arrange()
    for (const step of ['a', 'b']) first.outbox.add(viewed(step))
    first.outbox.leave()
    first.outbox.leave()
    expect(first.beacons.flat().map(({ step }) => step)).toEqual(['a', 'b'])
    const next = arrange({ store: first.store })
    await next.outbox.open()
    expect(next.batches.flat().map(({ id }) => id)).toEqual(first.beacons.flat().map(({ id }) => id))
    expect(first.store.ids()).toEqual([])
  })

  it('sends nothing when nothing waits', () => {
    const { outbox, beacons } = arrange()
    outbox.leave()
    expect(beacons).toEqual([])
  })
})

describe('a clock that is wrong', () => {
  it('is put right by the first receipt, and what was misdated is dated anew', async () => {
    const { outbox, batches } = arrange({ ahead: 30 * HOUR_MS })
    outbox.add(viewed())
    await vi.advanceTimersByTimeAsync(5000)
    expect(batches).toHaveLength(2)
    const [misdated, redated] = batches.map(([event]) => eventTime(event?.id ?? ''))
    expect(misdated).toBe(SERVER_NOW + 30 * HOUR_MS)
    expect(redated).toBe(SERVER_NOW)
    outbox.add(viewed())
    await outbox.flush()
    expect(eventTime(batches[2]?.[0]?.id ?? '')).toBe(SERVER_NOW + 5000)
  })

  it('ends there: what is too old by a clock that is right is given up', async () => {
    const { outbox, store, server, batches } = arrange()
    server.answer = { kind: 'later' }
    outbox.add(viewed())
    await vi.advanceTimersByTimeAsync(3 * HOUR_MS)
    server.answer = undefined
    await outbox.flush()
    await vi.advanceTimersByTimeAsync(HOUR_MS)
    expect([batches.length, store.ids()]).toEqual([1, []])
  })
})

it('forgets everything when somebody signs out', async () => {
  const { outbox, store, batches } = arrange()
  outbox.add(viewed())
  await outbox.clear()
  await vi.advanceTimersByTimeAsync(HOUR_MS)
  expect([store.ids(), batches]).toEqual([[], []])
})
