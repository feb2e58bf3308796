const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** A point in time by the reader's clock, to the minute. */
export function timeText(at: Date): string {
  return TIME.format(at)
}

const HOUR_MS = 60 * 60 * 1000

/** The hours of a day as schedules know them, in UTC, told by the reader's clock. */
export function hourChoices(today: Date): { value: string; label: string }[] {
  const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate())
  const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit' })
  return Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: `Every day at ${clock.format(new Date(midnight + hour * HOUR_MS))}`,
  }))
}
