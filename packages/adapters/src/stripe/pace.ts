import type { Clock } from '@gangway/core/ports'

export interface Pace {
  /** Resolves when the lane is free for one more. */
  turn(lane: string): Promise<void>
  /** Nobody's turn comes in this lane for so long. */
  holdBack(lane: string, ms: number): void
}

/** Stripe takes 25 requests a second for each endpoint: five at once and then twenty a second never come to more. */
const INTERVAL_MS = 50
const AT_ONCE = 5

/** Spreads requests over time, lane by lane, in the order they came. https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm */
export function createPace(clock: Clock): Pace {
  /** When a lane would be free if all that came had come evenly. */
  const freeAt = new Map<string, number>()
  return {
    async turn(lane) {
      const now = clock.now().getTime()
      const due = Math.max(freeAt.get(lane) ?? 0, now)
      freeAt.set(lane, due + INTERVAL_MS)
      const wait = due - now - (AT_ONCE - 1) * INTERVAL_MS
      if (wait > 0) await clock.sleep(wait)
    },
    holdBack(lane, ms) {
      const until = clock.now().getTime() + ms + AT_ONCE * INTERVAL_MS
      freeAt.set(lane, Math.max(freeAt.get(lane) ?? 0, until))
    },
  }
}
