import { dayAfter, daysOf } from '../days.ts'

export interface DayPage {
  days: string[]
  nextCursor: string | null
}

/** The page of days that a cursor names, or the first one. Null for a cursor that was never given out. */
export function dayPage(
  range: { from: string; before: string },
  limits: { limit: number; cursor: string | null },
): DayPage | null {
  const { from, before } = range
  const all = daysOf({ from, to: before }).filter((day) => day < before)
  const start = limits.cursor === null ? 0 : all.indexOf(Buffer.from(limits.cursor.replace(/^page_/, ''), 'base64url').toString())
  if (start < 0) return null
  const days = all.slice(start, start + limits.limit)
  const last = days.at(-1)
  const more = last !== undefined && start + limits.limit < all.length
  return { days, nextCursor: more ? `page_${Buffer.from(dayAfter(last)).toString('base64url')}` : null }
}
