import type { Wakeups } from '@gangway/db/wakeups'

/** Wakes the streams of this process alone. */
export function memoryWakeups(): Wakeups {
  const listeners = new Map<string, Set<() => void>>()
  return {
    wake(runId) {
      for (const onWake of listeners.get(runId) ?? []) queueMicrotask(onWake)
    },
    subscribe(runId, onWake) {
      const set = listeners.get(runId) ?? new Set()
      listeners.set(runId, set.add(onWake))
      return () => {
        set.delete(onWake)
      }
    },
    async close() {
      listeners.clear()
    },
  }
}
