import type { Clock } from '@gangway/core/ports'

/** Five changes to the metadata of one dataset, or of one table, in ten seconds: https://cloud.google.com/bigquery/quotas#dataset_limits */
const OPERATIONS = 5
/** A second more than the limit's, since requests do not arrive as evenly as they leave. */
const WINDOW_MS = 11_000
const MANY = 1000

/** Spreads this process's changes so that none is refused; those of other processes may still be in the way. */
export function createPacer(clock: Clock) {
  const slots = new Map<string, number[]>()

  return {
    /** Resolves when the next change may go out. Callers are served in the order in which they came. */
    async wait(kind: 'dataset' | 'table', name: string): Promise<void> {
      const now = clock.now().getTime()
      if (slots.size > MANY) forget(slots, now)
      const taken = (slots.get(`${kind} ${name}`) ?? []).filter((at) => at > now - WINDOW_MS)
      const slot = Math.max(now, (taken.at(-OPERATIONS) ?? -Infinity) + WINDOW_MS)
      slots.set(`${kind} ${name}`, [...taken, slot])
      if (slot > now) await clock.sleep(slot - now)
    },
  }
}

export type Pacer = ReturnType<typeof createPacer>

function forget(slots: Map<string, number[]>, now: number): void {
  for (const [name, taken] of slots) {
    if ((taken.at(-1) ?? 0) <= now - WINDOW_MS) slots.delete(name)
  }
}
