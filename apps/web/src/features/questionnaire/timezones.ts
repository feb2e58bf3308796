/** Where this browser says it is. */
export function browserTimezone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Every zone that this browser knows, with its own, which may go by an older name. */
export function timezones(): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', browserTimezone()])].toSorted()
}
