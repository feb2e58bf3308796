import { expect, it } from 'vitest'
import { signCursor, verifyCursor } from './sign-cursor.ts'

const refusal = expect.objectContaining({ code: 'INPUT_INVALID', details: { fields: ['cursor'] } })

it('comes back as it was, also when the key has been followed by another', () => {
  const signed = signCursor('content', ['former'])
  expect(verifyCursor(signed, ['former'])).toBe('content')
  expect(verifyCursor(signed, ['today', 'former'])).toBe('content')
})

it.each(['', '.', 'content', 'content.', 'content.AAAAAAAAAAAAAAAAAAAAAA', 'content.x.y', signCursor('content', ['other'])])(
  'what nobody here has signed is refused: %s',
  (cursor) => {
    expect(() => verifyCursor(cursor, ['today'])).toThrow(refusal)
  },
)

it('is refused for other content', () => {
  const [, signature] = signCursor('content', ['today']).split('.')
  expect(() => verifyCursor(`contents.${signature}`, ['today'])).toThrow(refusal)
})
