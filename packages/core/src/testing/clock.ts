import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../ports/clock.ts'

export interface TestClock extends Clock {
  /** Moves the time on and wakes, in order, whoever slept until then. Those who sleep again on waking are woken again. */
  advance(ms: number): Promise<void>
  /** Every `sleep` so far, in milliseconds. */
  readonly sleeps: readonly number[]
}

export interface TestClockOptions {
  start?: Date
  /** Sleeps up to this long end at once and take the time with them; longer ones wait for `advance`. 0 unless told. */
  autoUpToMs?: number
}

interface Sleeper {
  due: number
  wake: () => void
}

/** A clock that stands still until it is told to move. */
export function testClock({ start = new Date('2026-01-05T09:00:00Z'), autoUpToMs = 0 }: TestClockOptions = {}): TestClock {
  let time = start.getTime()
  const sleeps: number[] = []
  const sleepers = new Set<Sleeper>()

  async function advance(ms: number): Promise<void> {
    const end = time + ms
    await nextTurn()
    for (let next = earliest(end); next; next = earliest(end)) {
      time = Math.max(time, next.due)
      next.wake()
      await nextTurn()
    }
    time = Math.max(time, end)
  }

  function earliest(end: number): Sleeper | undefined {
    const due = [...sleepers].filter((sleeper) => sleeper.due <= end)
    return due.sort((a, b) => a.due - b.due)[0]
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    sleeps.push(ms)
    if (signal?.aborted) return Promise.resolve()
    if (ms <= autoUpToMs) return advance(ms)
    return new Promise((resolve) => {
      const sleeper = { due: time + ms, wake }
      function wake() {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      signal?.addEventListener('abort', wake)
      sleepers.add(sleeper)
    })
  }

  return { now: () => new Date(time), sleep, advance, sleeps }
}
