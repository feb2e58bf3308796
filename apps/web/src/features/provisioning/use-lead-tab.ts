import { useEffect, useState } from 'react'

/**
 * Whether this is the one tab of the browser that shows the key by itself: the first to open the page has a Web Lock for
 * as long as it shows it. Null until it is known, and where the browser has no locks (pages that are not secure).
 *
 * The start's own answer cannot say it: a webhook that is faster than the redirect makes every tab one that joined.
 */
export function useLeadTab(checkoutSessionId: string): { isLead: boolean | null; hasLocks: boolean } {
  const [isLead, setLead] = useState<boolean | null>(null)
  const [hasLocks] = useState(() => typeof navigator !== 'undefined' && 'locks' in navigator)
  useEffect(() => {
    if (!hasLocks) return
    const closing = new AbortController()
    const held = new Promise<void>((resolve) => closing.signal.addEventListener('abort', () => resolve()))
    void navigator.locks.request(`gangway.setup.${checkoutSessionId}`, { ifAvailable: true }, (lock) => {
      if (closing.signal.aborted) return
      setLead(lock !== null)
      return lock === null ? undefined : held
    })
    return () => closing.abort()
  }, [checkoutSessionId, hasLocks])
  return { isLead, hasLocks }
}
