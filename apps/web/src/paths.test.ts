import { describe, expect, test } from 'vitest'
import { paths, safeNext } from './paths.ts'

describe('where people go after signing in', () => {
  test.each(['/o/work', '/onboarding/success?session_id=cs_1', '/documents/a#top'])('%s is kept', (next) => {
    expect(safeNext(next)).toBe(next)
  })

  test.each([
    null,
    undefined,
    '',
    'o/work',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/a/..//evil.example',
    '//[',
  ])('%j becomes the home page', (next) => {
    expect(safeNext(next)).toBe('/')
  })

  test('the sign-in page is told only what is worth telling', () => {
    expect(paths.signIn('/o/work')).toBe('/sign-in?next=%2Fo%2Fwork')
    expect(paths.signIn('/')).toBe('/sign-in')
  })
})
