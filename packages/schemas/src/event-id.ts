/** How many random bytes an id needs. */
export const EVENT_ID_BYTES = 10

/**
 * The id of a telemetry event: a UUID of version 7, whose first 48 bits are its time in milliseconds. So the same event
 * has the same time wherever it arrives, and however often. https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 */
export function newEventId(atMs: number, bytes: Uint8Array): string {
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const time = Math.trunc(atMs).toString(16).padStart(12, '0')
  const variant = '89ab'.charAt(Number.parseInt(random.charAt(3), 16) % 4)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`
}

/** The time in an id, in milliseconds. */
export function eventTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
