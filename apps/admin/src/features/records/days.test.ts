import { describe, expect, test } from 'vitest'
import { daysUntil, isBackwards, readDay, windowOf } from './days.ts'

describe('days in the address', () => {
  test('are days that exist, or nothing', () => {
    expect(['2026-02-28', '2026-13-01', 'yesterday', '', null].map(readDay)).toEqual(['2026-02-28', '', '', '', ''])
  })

  test('are taken whole', () => {
    expect(windowOf({ from: '2026-02-28', to: '2026-02-28' })).toEqual({
      from: new Date(2026, 1, 28),
      before: new Date(2026, 2, 1),
    })
  })

  test('are not asked for while their year is still being typed', () => {
    expect(windowOf({ from: '0202-01-01', to: '' })).toEqual({ from: undefined, before: undefined })
  })

  test('go back from today', () => {
    expect(daysUntil(new Date(2026, 2, 1, 23, 59), 7)).toEqual({ from: '2026-02-23', to: '2026-03-01' })
  })

  test('know when the last comes before the first', () => {
    expect(isBackwards({ from: '2026-02-02', to: '2026-02-01' })).toBe(true)
    expect(isBackwards({ from: '2026-02-01', to: '2026-02-01' })).toBe(false)
    expect(isBackwards({ from: '2026-02-01', to: '' })).toBe(false)
  })
})
