import { expect, it } from 'vitest'
import { csvCell } from './csv.ts'

it.each(['=1', '+1', '-1', '@x', '\t=1', '\r=1', '\n=1', ' =1', '\u00A0=1', '＝1', '＠x', '\tx'])('%j is disarmed', (value) => {
  expect(csvCell(value)).toBe(`"'${value}"`)
})

it.each(['', '1', 'a=b', 'a-b', 'plain', "it's"])('%j stays as it is', (value) => {
  expect(csvCell(value)).toBe(value)
})

it('quotes what would be read as more than one cell, and leaves numbers alone', () => {
  expect(['a,b', 'a"b', 'a\nb', ' a', 'a '].map(csvCell)).toEqual(['"a,b"', '"a""b"', '"a\nb"', '" a"', '"a "'])
  expect([-1, null].map(csvCell)).toEqual(['-1', ''])
})
