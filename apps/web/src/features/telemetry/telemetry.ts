import { EVENT_ID_BYTES } from '@gangway/schemas/event-id'
import { API_LINKS } from '@gangway/schemas/links'
import type { BrowserEvent, BrowserEventName, TelemetryProps, TelemetryReceipt } from '@gangway/schemas/telemetry'
import { answers } from '../questionnaire/answers.ts'
import { createOutbox, type EventStore, type NewEvent, type Sent } from './outbox.ts'

/** Where to tell it; '' until the page knows. */
let origin = ''
let stored: Promise<EventStore> | undefined

const store = () => (stored ??= import('./event-store.ts').then(({ openEventStore }) => openEventStore()))

const outbox = createOutbox({
  store: {
    all: async () => (await store()).all(),
    put: async (events) => (await store()).put(events),
    remove: async (ids) => (await store()).remove(ids),
    clear: async () => (await store()).clear(),
  },
  post,
  beacon: (events) => origin !== '' && navigator.sendBeacon(origin + API_LINKS.telemetry(), bodyOf(events)),
  now: () => Date.now(),
  bytes: () => crypto.getRandomValues(new Uint8Array(EVENT_ID_BYTES)),
})

/** As JSON: whatever else a beacon could carry, the API refuses. */
function bodyOf(events: readonly BrowserEvent[]): Blob {
  return new Blob([JSON.stringify({ events })], { type: 'application/json' })
}

const LATER = new Set([401, 404, 408, 425, 429])

async function post(events: readonly BrowserEvent[]): Promise<Sent> {
  if (origin === '') return { kind: 'later' }
  const response = await fetch(origin + API_LINKS.telemetry(), {
    ...{ method: 'POST', credentials: 'include', body: bodyOf(events), signal: AbortSignal.timeout(10_000) },
  })
  if (!response.ok) return { kind: LATER.has(response.status) || response.status >= 500 ? 'later' : 'never' }
  const receipt: TelemetryReceipt = await response.json()
  return { kind: 'receipt', receipt }
}

export type Told = { [Name in BrowserEventName]: { name: Name; step: string; props: TelemetryProps[Name] } }[BrowserEventName]

/** Tells the server, some time later, what has happened in the wizard. Never throws, never waits; holds no answer. */
export function track(told: Told): void {
  const { sessionId } = answers.store.getState()
  if (sessionId === null) return
  const event: NewEvent = { ...told, sessionId }
  try {
    outbox.add(event)
  } catch {
    // A page is not to fail over what is only counted.
  }
}

/** Sends what is left from before, and from now on whatever is told. Answers how to stop. */
export function startTelemetry(apiOrigin: string): () => void {
  origin = apiOrigin
  const flush = () => void outbox.flush()
  const leave = () => {
    if (document.visibilityState === 'hidden') outbox.leave()
  }
  void outbox.open()
  window.addEventListener('online', flush)
  window.addEventListener('pagehide', outbox.leave)
  document.addEventListener('visibilitychange', leave)
  return () => {
    window.removeEventListener('online', flush)
    window.removeEventListener('pagehide', outbox.leave)
    document.removeEventListener('visibilitychange', leave)
    flush()
  }
}

/** Forgets what was not sent: it is of somebody who signs out. */
export function clearTelemetry(): Promise<void> {
  return outbox.clear()
}
