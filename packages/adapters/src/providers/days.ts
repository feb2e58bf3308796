import type { DayRange } from '@gangway/schemas/pipelines'

const DAY_MS = 24 * 60 * 60 * 1000

/** Midnight UTC, in seconds. */
export function unixOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000
}

export function dayAfter(day: string): string {
  return dayOf(new Date(Date.parse(day) + DAY_MS))
}

export function dayBefore(at: Date): string {
  return dayOf(new Date(at.getTime() - DAY_MS))
}

/** The UTC day. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** Every day of a range, both ends included. */
export function daysOf({ from, to }: DayRange): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day)
  return days
}
