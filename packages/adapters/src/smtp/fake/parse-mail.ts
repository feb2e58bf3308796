export interface ReceivedMail {
  /** The envelope's. */
  to: string[]
  /** By name in lower case. */
  headers: Readonly<Record<string, string>>
  subject: string
  text: string
  html: string
}

/** Reads what a mail program would show of a `multipart/alternative` message. https://www.rfc-editor.org/rfc/rfc2045 */
export function parseMail(raw: string, to: string[]): ReceivedMail {
  const { headers, body } = parsePart(raw)
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1]
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => parsePart(part.trimStart()))
    : []
  const content = (type: string) => {
    const part = parts.find(({ headers: own }) => own['content-type']?.startsWith(type))
    return part ? decode(part.body.replace(/\r\n$/, ''), part.headers['content-transfer-encoding'] ?? '7bit') : ''
  }
  return { to, headers, subject: decodeWords(headers['subject'] ?? ''), text: content('text/plain'), html: content('text/html') }
}

function parsePart(part: string): { headers: Record<string, string>; body: string } {
  const end = part.indexOf('\r\n\r\n')
  const lines = part
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { headers: Object.fromEntries(headers), body: part.slice(end + 4) }
}

function decode(body: string, encoding: string): string {
  const lines = body.replaceAll('\r\n', '\n')
  if (encoding === 'base64') return Buffer.from(lines, 'base64').toString().replaceAll('\r\n', '\n')
  return encoding === 'quoted-printable' ? decodeQuoted(lines.replaceAll('=\n', '')) : lines
}

function decodeQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

/** https://www.rfc-editor.org/rfc/rfc2047 */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' ')),
    )
}
