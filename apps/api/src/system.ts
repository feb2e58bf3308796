import { randomInt, randomUUID } from 'node:crypto'
import type { Clock, Ids } from '@gangway/core/ports'

const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789'

export const systemClock: Clock = {
  now: () => new Date(),
  sleep,
}

export const systemIds: Ids = {
  uuid: () => randomUUID(),
  errorId: () => `err_${random(12, READABLE)}`,
  random,
}

/** Most sleeps are deadlines and heartbeats that are called off: that must cost no error with its stack. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const wake = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal?.addEventListener('abort', wake)
  })
}

function random(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
