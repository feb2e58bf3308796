import { useEffect } from 'react'
import { showToast } from '../shell/toasts.tsx'

const NAME = 'gangway.reset-seen'

/** Says, once in each browser, that a session had to begin anew because its answers could not be read any more. */
export function useResetNotice(resetAt: Date | undefined): void {
  const at = resetAt?.toISOString()
  useEffect(() => {
    if (!at || wasSeen(at)) return
    void showToast({
      ...{ id: 'reset', tone: 'info', title: 'The questions have changed' },
      message: 'Your earlier answers did not fit any more. We have kept a copy of them; please answer once again.',
    })
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
