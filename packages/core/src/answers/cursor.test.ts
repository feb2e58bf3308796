import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

const position = { micros: '1770000000123456', sessionId: '4a1f0b38-5f0c-4a53-9f0e-0f3b6f6f2a11' }
const refusal = expect.objectContaining({ code: 'INPUT_INVALID' })

function forged(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

describe('a cursor', () => {
  it('comes back as it was, for the same filter however it is written', () => {
    const cursor = encodeCursor(position, { roles: ['data', 'finance'] })
    expect(decodeCursor(cursor, { roles: ['finance', 'data', 'data'] })).toEqual(position)
    expect(decodeCursor(encodeCursor(position, {}), { roles: [] })).toEqual(position)
  })

  it.each([
    ['other roles', { roles: ['data' as const] }],
    ['a window', { completedFrom: new Date(0) }],
    ['another window', { completedBefore: new Date(0) }],
  ])('is refused for %s', (_, filter) => {
    expect(() => decodeCursor(encodeCursor(position, {}), filter)).toThrow(refusal)
  })

  it.each([
    '',
    'nonsense',
    forged(null),
    forged({ ...position }),
    forged({ ...position, filter: 'x' }),
    forged({ micros: "1'; drop", sessionId: position.sessionId }),
    encodeCursor({ micros: '-1', sessionId: position.sessionId }, {}),
    encodeCursor({ micros: '99999999999999999', sessionId: position.sessionId }, {}),
    encodeCursor({ micros: '1', sessionId: 'x' }, {}),
  ])('that was forged is refused: %s', (cursor) => {
    expect(() => decodeCursor(cursor, {})).toThrow(refusal)
  })
})
