import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, Ids } from '@gangway/core/ports'

const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789'

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
}

export const systemIds: Ids = {
  uuid: () => randomUUID(),
  errorId: () => `err_${random(12, READABLE)}`,
  random,
}

function random(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
