import { type DBSchema, openDB } from 'idb'
import { type QueuedSave, queuedSaveSchema } from './queued-save.ts'

/** The saves of this browser, which its tabs and its service worker share. */
export interface SaveStorage {
  read(): Promise<readonly QueuedSave[]>
  /** Reads, changes and writes in one transaction, and answers what is there then. */
  update(change: (saves: readonly QueuedSave[]) => readonly QueuedSave[]): Promise<readonly QueuedSave[]>
}

// The service worker, public/sw.js, opens the same database: names and version are its names and version.
const NAME = 'gangway'
const VERSION = 1
const SAVES = 'saves'

interface Schema extends DBSchema {
  [SAVES]: { key: string; value: QueuedSave }
}

/** In IndexedDB. Where the browser refuses it, as in some private windows, saves live as long as the tab does. */
export function openSaveStorage(): SaveStorage {
  const database = openDB<Schema>(NAME, VERSION, {
    upgrade: (upgrading) => void upgrading.createObjectStore(SAVES, { keyPath: 'mutationId' }),
    // A newer version of the app wants to change the database: this page is reloaded before it writes again.
    blocking: (_current, _blocked, event) => (event.target instanceof IDBDatabase ? event.target.close() : undefined),
  })
  const memory = memoryStorage()
  let isRefused = false

  async function unlessRefused(use: (storage: SaveStorage) => Promise<readonly QueuedSave[]>): Promise<readonly QueuedSave[]> {
    if (isRefused) return use(memory)
    try {
      return await use(stored)
    } catch {
      isRefused = true
      return use(memory)
    }
  }

  const stored: SaveStorage = {
    async read() {
      const saves = ordered(await (await database).getAll(SAVES))
      return memory.update(() => saves)
    },
    async update(change) {
      const transaction = (await database).transaction(SAVES, 'readwrite')
      const before = ordered(await transaction.store.getAll())
      const after = change(before)
      const kept = new Set(after.map(({ mutationId }) => mutationId))
      await Promise.all([
        ...after.filter((save) => !before.includes(save)).map((save) => transaction.store.put(save)),
        ...before.filter(({ mutationId }) => !kept.has(mutationId)).map(({ mutationId }) => transaction.store.delete(mutationId)),
        transaction.done,
      ])
      return memory.update(() => after)
    },
  }

  return {
    read: () => unlessRefused((storage) => storage.read()),
    update: (change) => unlessRefused((storage) => storage.update(change)),
  }
}

export function memoryStorage(): SaveStorage {
  let saves: readonly QueuedSave[] = []
  return {
    read: async () => saves,
    update: async (change) => (saves = change(saves)),
  }
}

/** What an older or a newer version wrote in another shape is left alone, and not sent. */
function ordered(kept: readonly unknown[]): QueuedSave[] {
  return kept.flatMap((save) => queuedSaveSchema.safeParse(save).data ?? []).toSorted((one, other) => one.order - other.order)
}
