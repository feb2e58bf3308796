/** From the first byte to the one after the last. */
export interface ByteRange {
  from: number
  to: number
}

/**
 * What a Range header asks for of so many bytes; undefined for all of it, also where it asks for several ranges or for
 * what nobody understands. https://www.rfc-editor.org/rfc/rfc9110#section-14.2
 */
export function parseRange(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first)
  const to = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < from) return undefined
  return from < to ? { from, to } : 'unsatisfiable'
}
