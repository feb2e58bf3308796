import type { Dice } from './dice.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** From Sunday on; of the busiest day. */
const WEEKDAYS = [0.3, 0.95, 1, 0.97, 0.9, 0.75, 0.28]
/** From midnight on, by the clock on somebody's wall; of the busiest hour. */
const HOURS = [
  ...[0.06, 0.04, 0.03, 0.03, 0.04, 0.07, 0.15, 0.35, 0.7, 0.95, 1, 0.93],
  ...[0.72, 0.78, 0.92, 0.95, 0.86, 0.68, 0.45, 0.35, 0.32, 0.3, 0.22, 0.12],
]
/** On the first day, of the last. */
const AT_FIRST = 0.6

export interface Span {
  /** Milliseconds; the end is not included. */
  from: number
  until: number
}

export function spanOf({ until, days }: { until: Date; days: number }): Span {
  return { from: until.getTime() - days * DAY_MS, until: until.getTime() }
}

/** A time at which somebody signs up: more on working days, at working hours, and the later the more. */
export function signUpTime(dice: Dice, { from, until }: Span, hoursAhead: number): number {
  for (;;) {
    const at = Math.floor(from + dice.share() * (until - from))
    const there = new Date(at + hoursAhead * HOUR_MS)
    const growth = AT_FIRST + ((1 - AT_FIRST) * (at - from)) / (until - from)
    if (dice.chance(growth * (WEEKDAYS[there.getUTCDay()] ?? 0) * (HOURS[there.getUTCHours()] ?? 0))) return at
  }
}
