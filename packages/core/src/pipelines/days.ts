import type { DayRange } from '@gangway/schemas/pipelines'

const DAY_MS = 24 * 60 * 60 * 1000
const USUAL_DAYS = 7

/** The UTC day of a moment. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** The last seven days that are over: what providers counted late comes in with the next run. */
export function lastCompleteDays(now: Date): DayRange {
  const before = (days: number) => dayOf(new Date(now.getTime() - days * DAY_MS))
  return { from: before(USUAL_DAYS), to: before(1) }
}

/** Every day of a range, both ends included. */
export function daysOf({ from, to }: DayRange): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) days.push(dayOf(new Date(at)))
  return days
}
