const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })

/** A point in time by the reader's clock, to the second. */
export function timeText(at: Date): string {
  return TIME.format(at)
}
