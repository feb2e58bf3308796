import { expect, test } from 'vitest'
import { elapsedText } from './elapsed-text.ts'

test.each([
  [-500, '0 ms'],
  [340, '340 ms'],
  [1340, '1.3 s'],
  [12_900, '12 s'],
  [75_000, '1 min 15 s'],
  [3_780_000, '1 h 3 min'],
])('%i ms is %s', (ms, text) => {
  expect(elapsedText(ms)).toBe(text)
})
