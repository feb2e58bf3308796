import { expect, test } from 'vitest'
import { completionsText } from './completions-text.ts'

test.each([
  [{ value: 0, exact: true }, '0 completions'],
  [{ value: 1, exact: true }, '1 completion'],
  [{ value: 9_999, exact: true }, '9,999 completions'],
  [{ value: 48_213, exact: false }, 'About 48,200 completions'],
])('%o is %s', (count, text) => {
  expect(completionsText(count)).toBe(text)
})
