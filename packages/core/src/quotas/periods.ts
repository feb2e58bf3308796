/** The UTC day and month that a moment lies in: when each began and when the next begins. */
export function periodsAt(at: Date): { day: { start: Date; end: Date }; month: { start: Date; end: Date } } {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  const utc = (...parts: [number, number, number]) => new Date(Date.UTC(...parts))
  return {
    day: { start: utc(year, month, day), end: utc(year, month, day + 1) },
    month: { start: utc(year, month, 1), end: utc(year, month + 1, 1) },
  }
}
