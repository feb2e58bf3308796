import { expect, test } from 'vitest'
import { formatPrice } from './price.ts'

test('prices are written in the units of their currency', () => {
  expect(formatPrice(4900, 'usd')).toBe('$49')
  expect(formatPrice(149_950, 'usd')).toBe('$1,499.50')
  expect(formatPrice(4900, 'jpy')).toBe('¥4,900')
})
