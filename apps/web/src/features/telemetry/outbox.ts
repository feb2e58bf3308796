import { eventTime, newEventId } from '@gangway/schemas/event-id'
import type { BrowserEvent, TelemetryReceipt } from '@gangway/schemas/telemetry'

/*
 * Events wait here and in the browser's storage until the server has said that it has them:
 *
 *  add ─► waiting ──5 s, or 20 of them──► post ─┬─► receipt: gone; what is misdated is dated anew, once
 *            │                                  ├─► later (offline, signed out, a busy server): they wait on
 *            └──the page is left──► beacon      └─► never (refused): gone
 *
 * A beacon is not answered: what it carried waits on and is sent again, and the server knows repeats by their ids.
 */

export type Sent = { kind: 'receipt'; receipt: TelemetryReceipt } | { kind: 'later' } | { kind: 'never' }

export interface EventStore {
  /** Oldest first. */
  all(): Promise<BrowserEvent[]>
  put(events: readonly BrowserEvent[]): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  clear(): Promise<void>
}

export interface OutboxParts {
  store: EventStore
  post(events: readonly BrowserEvent[]): Promise<Sent>
  /** Whether the browser has taken it. */
  beacon(events: readonly BrowserEvent[]): boolean
  /** Milliseconds. */
  now(): number
  bytes(): Uint8Array
}

/** Without its id, which is made here. */
export type NewEvent = { [Name in BrowserEvent['name']]: Omit<Extract<BrowserEvent, { name: Name }>, 'id'> }[BrowserEvent['name']]

const FLUSH_MS = 5000
const FLUSH_AT = 20
const BATCH = 50
/** Somebody who is offline for weeks keeps the newest. */
const KEPT = 500
const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 5 * 60 * 1000
/** The server takes what is up to 2 minutes ahead, so a difference below one needs no correction. */
const CLOCK_TOLERANCE_MS = 60_000

export function createOutbox(parts: OutboxParts) {
  const waiting = new Map<string, BrowserEvent>()
  const redated = new Set<string>()
  /** How far this device's clock is behind the server's. */
  let offset = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = FIRST_PAUSE_MS
  let flushing: Promise<void> | undefined
  let lastLeft: string | undefined

  const idAt = (ms: number) => newEventId(ms, parts.bytes())

  /** Storage is a second place: where it is refused, events live as long as the page. */
  const store = {
    put: (events: readonly BrowserEvent[]) => void parts.store.put(events).catch(() => {}),
    remove: (ids: readonly string[]) => void parts.store.remove(ids).catch(() => {}),
  }

  function forget(ids: readonly string[]): void {
    for (const id of ids) waiting.delete(id)
    if (ids.length > 0) store.remove(ids)
  }

  function keep(event: BrowserEvent): void {
    waiting.set(event.id, event)
    store.put([event])
    forget([...waiting.keys()].slice(0, Math.max(0, waiting.size - KEPT)))
  }

  function schedule(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), ms)
  }

  function settle(batch: readonly BrowserEvent[], receipt: TelemetryReceipt): void {
    const behind = receipt.now - parts.now()
    offset = Math.abs(behind) > CLOCK_TOLERANCE_MS ? behind : 0
    forget(batch.map(({ id }) => id))
    for (const event of batch) {
      // With a clock that is right, or was put right once, the event is just too old.
      if (!receipt.misdated.includes(event.id) || offset === 0 || redated.delete(event.id)) continue
      const id = idAt(eventTime(event.id) + offset)
      redated.add(id)
      keep({ ...event, id })
    }
  }

  async function sendAll(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting.values()].slice(0, BATCH)
      const sent = await parts.post(batch).catch((): Sent => ({ kind: 'later' }))
      if (sent.kind === 'later') {
        schedule(pause)
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
        return
      }
      pause = FIRST_PAUSE_MS
      if (sent.kind === 'never') forget(batch.map(({ id }) => id))
      else settle(batch, sent.receipt)
    }
  }

  /** Sends what waits, one batch after the other. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    flushing ??= sendAll().finally(() => (flushing = undefined))
    return flushing
  }

  return {
    add(event: NewEvent): void {
      keep({ ...event, id: idAt(parts.now() + offset) })
      if (waiting.size >= FLUSH_AT && pause === FIRST_PAUSE_MS) void flush()
      else if (timer === undefined) schedule(FLUSH_MS)
    },
    /** Takes in what was left from earlier visits. */
    async open(): Promise<void> {
      const left = await parts.store.all().catch(() => [])
      const newer = [...waiting.values()]
      waiting.clear()
      for (const event of [...left, ...newer]) waiting.set(event.id, event)
      if (left.length > 0) await flush()
    },
    flush,
    /** The page is being left, or hidden, and may never be seen again: browsers say so once or twice. */
    leave(): void {
      const batch = [...waiting.values()].slice(-BATCH)
      const newest = batch.at(-1)?.id
      if (newest !== undefined && newest !== lastLeft && parts.beacon(batch)) lastLeft = newest
    },
    async clear(): Promise<void> {
      clearTimeout(timer)
      waiting.clear()
      await parts.store.clear().catch(() => {})
    },
  }
}
