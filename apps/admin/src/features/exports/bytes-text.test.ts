import { expect, test } from 'vitest'
import { bytesText } from './bytes-text.ts'

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [1000, '1 kB'],
  [1_234_567, '1.2 MB'],
  [180_000_000, '180 MB'],
  [2.5e15, '2,500 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})
