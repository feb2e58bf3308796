import { expect, test } from 'vitest'
import { returnPath } from './return-path.ts'

test('leads back to a page of this app, with its filter', () => {
  expect(returnPath('/answers?role=data', '/')).toBe('/answers?role=data')
})

test.each([null, '', 'answers', 'https://evil.example/', '//evil.example/x', '/\\evil.example', '/\t/evil.example', '//'])(
  'does not lead away from this app: %j',
  (from) => {
    expect(returnPath(from, '/answers')).toBe('/answers')
  },
)
