import type { IncomingHttpHeaders } from 'node:http'

/** Seconds, or a date against the receiver's own clock. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function retryAfterMs({ 'retry-after': after, date }: IncomingHttpHeaders): number | null {
  if (after === undefined) return null
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000
  if (!/^[A-Z]/.test(after)) return null
  const ms = Date.parse(after) - Date.parse(date ?? '')
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}
