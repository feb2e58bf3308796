import type { Sql } from 'postgres'

const CHANNEL = 'gangway_runs'
/** A NOTIFY's payload may hold 8,000 bytes; a run's id takes 37. */
const IDS_PER_NOTIFY = 200

export interface Wakeups {
  /** Says that a run's journal has grown. Never waits and never fails: streams poll as well. */
  wake(runId: string): void
  /** Calls back when a run's journal may have grown, in whatever process. */
  subscribe(runId: string, onWake: () => void): () => void
  close(): Promise<void>
}

/**
 * Wakes the streams of all processes. NOTIFY takes a database-wide lock at commit, so none is sent by the
 * transaction that writes: the first id is sent at once, and those after it together, at most once every `intervalMs`.
 */
export async function openWakeups(sql: Sql, intervalMs = 5): Promise<Wakeups> {
  const listeners = new Map<string, Set<() => void>>()
  const pending = new Set<string>()
  let isDue = false
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<unknown> = Promise.resolve()
  let sentAt = -intervalMs

  function deliver(runId: string) {
    for (const onWake of listeners.get(runId) ?? []) onWake()
  }

  function flush() {
    isDue = false
    sentAt = performance.now()
    const ids = [...pending].slice(0, IDS_PER_NOTIFY)
    for (const id of ids) pending.delete(id)
    sending = sql.notify(CHANNEL, ids.join(',')).catch(() => {})
    if (pending.size > 0) arrange()
  }

  function arrange() {
    isDue = true
    const pause = sentAt + intervalMs - performance.now()
    // A timer of nothing still takes a millisecond.
    if (pause <= 0) setImmediate(flush)
    else timer = setTimeout(flush, pause)
  }

  const subscription = await sql.listen(
    CHANNEL,
    (payload) => payload.split(',').forEach(deliver),
    // After a reconnect nobody knows what was missed.
    () => [...listeners.keys()].forEach(deliver),
  )

  return {
    wake(runId) {
      pending.add(runId)
      if (!isDue) arrange()
    },
    subscribe(runId, onWake) {
      const set = listeners.get(runId) ?? new Set()
      listeners.set(runId, set.add(onWake))
      return () => {
        set.delete(onWake)
        if (set.size === 0) listeners.delete(runId)
      }
    },
    async close() {
      clearTimeout(timer)
      await sending
      await subscription.unlisten()
    },
  }
}
