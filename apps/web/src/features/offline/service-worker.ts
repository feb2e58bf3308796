/* The page's side of public/sw.js. */

const SCRIPT = '/sw.js'
const SYNC_TAG = 'gangway.saves'

interface SyncManager {
  register(tag: string): Promise<void>
}

/** Lets the wizard open without a network from now on. Where there are no service workers, it does not. */
export async function keepForOffline(pages: readonly string[]): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register(SCRIPT, { updateViaCache: 'none' })
    await navigator.serviceWorker.ready
    registration.active?.postMessage({ kind: 'keep', pages })
  } catch {
    // Forbidden by the browser's settings, or offline at the first visit: the wizard works all the same.
  }
}

/** Asks the browser to send what waits as soon as there is a network, even with no page open. Few browsers can. */
export async function requestBackgroundSync(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker?.getRegistration()
    if (registration && 'sync' in registration && isSyncManager(registration.sync)) await registration.sync.register(SYNC_TAG)
  } catch {
    // Not allowed, as in private windows: the page sends it when it is opened again.
  }
}

/** Removes every copy of a page that this browser keeps. */
export async function forgetPages(): Promise<void> {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('gangway.')).map((name) => caches.delete(name)))
}

function isSyncManager(value: unknown): value is SyncManager {
  return typeof value === 'object' && value !== null && 'register' in value && typeof value.register === 'function'
}
