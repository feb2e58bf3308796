import { useEffect } from 'react'
import { showToast } from '../shell/toasts.tsx'
import { wordsNow } from '../words/words.ts'

const NAME = 'gangway.reset-seen'

/**
 * Says, once in each browser, that a session had to begin anew because its answers could not be read any more. Undefined
 * until the page has its words.
 */
export function useResetNotice(resetAt: Date | undefined): void {
  const at = resetAt?.toISOString()
  useEffect(() => {
    if (!at || wasSeen(at)) return
    const { changed: title, changedLead: message } = wordsNow()
    void showToast({ id: 'reset', tone: 'info', title, message })
  }, [at])
}

function wasSeen(at: string): boolean {
  try {
    if (localStorage.getItem(NAME) === at) return true
    localStorage.setItem(NAME, at)
  } catch {
    // Without a storage it is said at each visit.
  }
  return false
}
