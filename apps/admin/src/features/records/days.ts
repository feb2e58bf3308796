const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** Typing 2026 into a date input passes through the years 2, 20 and 202. */
const FIRST_YEAR = 2000

/** A window as it stands in the address: days `YYYY-MM-DD` by the reader's calendar, both included; '' for none. */
export interface Days {
  from: string
  to: string
}

/** '' for whatever is no day. */
export function readDay(text: string | null): string {
  return text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : ''
}

/** True when the last day comes before the first. */
export function isBackwards({ from, to }: Days): boolean {
  return from !== '' && to !== '' && to < from
}

/** The last `count` days up to today. */
export function daysUntil(now: Date, count: number): Days {
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - count + 1)
  return { from: dayText(first), to: dayText(now) }
}

function dayText(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The window as points in time in the reader's time zone. */
export function windowOf({ from, to }: Days): { from: Date | undefined; before: Date | undefined } {
  return { from: startOfDay(from, 0), before: startOfDay(to, 1) }
}

function startOfDay(day: string, daysLater: number): Date | undefined {
  const [, year, month, date] = DAY.exec(day) ?? []
  if (!year || Number(year) < FIRST_YEAR) return undefined
  return new Date(Number(year), Number(month) - 1, Number(date) + daysLater)
}
