import { useStore } from 'zustand'
import { type AnswersState } from './kept-answers.ts'
import { createAnswers } from './answers-store.ts'
import { newMutationId } from './mutation-id.ts'
import { tabChannel } from './tab-channel.ts'

/** A private window or a full disk refuses storage: the answers then live as long as the tab does. */
function unlessRefused<Value>(use: () => Value): Value | null {
  try {
    return use()
  } catch {
    return null
  }
}

/** This browser's answers. The service worker, public/sw.js, tells of its saves by the same channel. */
export const answers = createAnswers({
  storage: {
    getItem: (name) => unlessRefused(() => localStorage.getItem(name)),
    setItem: (name, value) => unlessRefused(() => localStorage.setItem(name, value)),
    removeItem: (name) => unlessRefused(() => localStorage.removeItem(name)),
  },
  tabs: tabChannel('gangway.answers.tabs'),
  tab: newMutationId(),
})

export function useAnswers<Selected>(select: (state: AnswersState) => Selected): Selected {
  return useStore(answers.store, select)
}
