import type { BrowserEvent } from '@gangway/schemas/telemetry'
import { type DBSchema, openDB } from 'idb'
import type { EventStore } from './outbox.ts'

interface Tables extends DBSchema {
  events: { key: string; value: BrowserEvent }
}

const NAME = 'gangway.telemetry'

/** Events in IndexedDB. Their ids begin with their time, so that the keys have their order. */
export function openEventStore(): EventStore {
  const database = openDB<Tables>(NAME, 1, {
    upgrade: (opened) => void opened.createObjectStore('events', { keyPath: 'id' }),
  })
  return {
    all: async () => (await database).getAll('events'),
    async put(events) {
      const { store, done } = (await database).transaction('events', 'readwrite')
      await Promise.all([...events.map((event) => store.put(event)), done])
    },
    async remove(ids) {
      const { store, done } = (await database).transaction('events', 'readwrite')
      await Promise.all([...ids.map((id) => store.delete(id)), done])
    },
    clear: async () => (await database).clear('events'),
  }
}
