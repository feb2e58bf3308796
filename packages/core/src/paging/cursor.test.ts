import { describe, expect, it } from 'vitest'
import { newestFirst } from './newest-first.ts'

const position = { micros: '1770000000123456', id: '4a1f0b38-5f0c-4a53-9f0e-0f3b6f6f2a11' }
const refusal = expect.objectContaining({ code: 'INPUT_INVALID' })
const { encode, decode } = newestFirst

function forged(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

describe('a cursor', () => {
  it('comes back as it was, for the same filter however it is written', () => {
    const cursor = encode(position, { roles: ['data', 'finance'], from: undefined })
    expect(decode(cursor, { roles: ['finance', 'data', 'data'] })).toEqual(position)
    expect(decode(encode(position, {}), { roles: [] })).toEqual(position)
  })

  it('holds the place of a row and nothing else of it', () => {
    const cursor = encode({ ...position, ...{ email: 'grace@example.com' } }, {})
    expect(cursor).toBe(encode(position, {}))
    expect(cursor.length).toBeLessThan(400)
  })

  it.each([
    ['other roles', { roles: ['data'] }],
    ['a window', { from: new Date(0) }],
    ['another window', { before: new Date(0) }],
  ])('is refused for %s', (_, filter) => {
    expect(() => decode(encode(position, {}), filter)).toThrow(refusal)
  })

  it.each([
    '',
    'nonsense',
    forged(null),
    forged({ after: position }),
    forged({ after: position, filter: 'x' }),
    forged({ after: { micros: "1'; drop", id: position.id } }),
    forged({ after: { ...position, micros: '99999999999999999' } }),
  ])('that was forged is refused: %s', (cursor) => {
    expect(() => decode(cursor, {})).toThrow(refusal)
  })

  it.each([{ micros: '-1' }, { micros: '99999999999999999' }, { id: 'x' }])('is not made of what no row has: %j', (part) => {
    expect(() => encode({ ...position, ...part }, {})).toThrow(/invalid_format/)
  })
})
