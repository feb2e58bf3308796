import { useStore } from 'zustand'
import { tabChannel } from '../questionnaire/tab-channel.ts'
import { createOutbox, type OutboxState } from './outbox-store.ts'
import { openSaveStorage } from './save-storage.ts'

/** This browser's saves. The service worker, public/sw.js, tells of its changes by the same channel. */
export const outbox = createOutbox({ storage: openSaveStorage, tabs: tabChannel('gangway.outbox.tabs') })

export function useOutbox<Selected>(select: (state: OutboxState) => Selected): Selected {
  return useStore(outbox.store, select)
}
