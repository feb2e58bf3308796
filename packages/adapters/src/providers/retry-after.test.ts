import { expect, it } from 'vitest'
import { readRetryAfter } from './retry-after.ts'

const now = new Date('2026-03-01T10:00:00Z')

it.each([
  ['7', 7000],
  [' 0.5 ', 500],
  ['Sun, 01 Mar 2026 10:00:30 GMT', 30_000],
  ['Sun, 01 Mar 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  ['-3', undefined],
  [null, undefined],
])('reads %j as %s', (header, wait) => {
  expect(readRetryAfter(header, now)).toBe(wait)
})
