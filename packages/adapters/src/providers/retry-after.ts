/** `Retry-After` in milliseconds, given in seconds or as a date; undefined for anything else. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function readRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined
  if (/^\d{1,9}(\.\d+)?$/.test(header.trim())) return Math.round(Number(header) * 1000)
  const until = /^[A-Z][a-z]{2},/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(until) ? undefined : Math.max(0, until - now.getTime())
}
