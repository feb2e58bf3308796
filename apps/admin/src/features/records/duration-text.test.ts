import { expect, test } from 'vitest'
import { durationText } from './duration-text.ts'

test.each([
  [-5, '0 ms'],
  [0, '0 ms'],
  [41.6, '42 ms'],
  [1000, '1 s'],
  [3240, '3.2 s'],
  [9_990, '10 s'],
  [59_900, '59 s'],
  [125_000, '2 min 5 s'],
  [300_000, '5 min'],
  [11_220_000, '3 h 7 min'],
  [187_200_000, '2 d 4 h'],
])('%d ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})
