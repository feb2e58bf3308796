import { createStore } from 'zustand/vanilla'
import type { TabChannel } from '../questionnaire/tab-channel.ts'
import type { QueuedSave } from './queued-save.ts'
import type { SaveStorage } from './save-storage.ts'

export interface OutboxState {
  /** As this tab last read them; in the order in which they were made. */
  saves: readonly QueuedSave[]
}

/** The saves of this browser, and what this tab knows of them. Whoever changes them tells the other tabs. */
export function createOutbox({ storage, tabs }: { storage: () => SaveStorage; tabs: TabChannel }) {
  const store = createStore<OutboxState>()(() => ({ saves: [] }))
  // Opened on first use: this module is evaluated on the server too.
  let opened: SaveStorage | undefined
  const open = () => (opened ??= storage())

  function know(saves: readonly QueuedSave[]): readonly QueuedSave[] {
    store.setState({ saves })
    return saves
  }

  const load = async () => know(await open().read())
  return {
    store,
    load,
    async change(change: (saves: readonly QueuedSave[]) => readonly QueuedSave[]): Promise<readonly QueuedSave[]> {
      const saves = know(await open().update(change))
      tabs.post('changed')
      return saves
    },
    /** Follows the other tabs and the service worker. Answers how to stop. */
    follow: () => tabs.listen(() => void load()),
  }
}

export type Outbox = ReturnType<typeof createOutbox>
