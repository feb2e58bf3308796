import { describe, expect, it } from 'vitest'
import { decimalText, fromBillionths, toBillionths } from './decimal.ts'

describe('decimalText', () => {
  it.each([
    ['1.2378912', '1.2378912'],
    ['0.10', '0.1'],
    [3, '3'],
    [1e-7, '0.0000001'],
    ['1.5E+3', '1500'],
    ['-2.5', '-2.5'],
    [0, '0'],
    ['12345678901234567.89', '12345678901234567.89'],
  ])('writes %s as %s', (value, text) => {
    expect(decimalText(value)).toBe(text)
  })

  it('rounds what the warehouse could not keep', () => {
    expect(decimalText('0.0000000005')).toBe('0.000000001')
    expect(decimalText('0.00000000049')).toBe('0')
  })

  it.each(['', 'abc', 'NaN', '1,5', ' 1', '0x10'])('is null for %j', (text) => {
    expect(decimalText(text)).toBeNull()
  })
})

it('adds exactly where floating point does not', () => {
  const sum = (toBillionths('0.1') ?? 0n) + (toBillionths('0.2') ?? 0n)
  expect(fromBillionths(sum)).toBe('0.3')
})
