import { expect, it } from 'vitest'
import { seededIds } from '../testing/index.ts'
import { retryPauseMs } from './retry-pause.ts'

const ids = seededIds('pauses')
const HOUR = 3_600_000

it('grows to a day, and gives up after ten attempts and a little more than three days', () => {
  const pauses = Array.from({ length: 9 }, (_, index) => retryPauseMs(ids, index + 1, null) ?? 0)
  expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses)
  const total = pauses.reduce((sum, pause) => sum + pause, 0)
  expect(total).toBeGreaterThan(72 * HOUR)
  expect(total).toBeLessThan(84 * HOUR)
  expect(retryPauseMs(ids, 10, null)).toBeNull()
  expect(retryPauseMs(ids, 10, 1000)).toBeNull()
})

it('is a little longer each time by chance, so that what failed together is not repeated together', () => {
  const pauses = Array.from({ length: 50 }, () => retryPauseMs(ids, 4, null) ?? 0)
  expect(new Set(pauses).size).toBeGreaterThan(30)
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2 * HOUR)
  expect(Math.max(...pauses)).toBeLessThanOrEqual(2.2 * HOUR)
})

it('waits as long as the receiver asks, at most a day, and never shorter than usual', () => {
  expect(retryPauseMs(ids, 1, 90_000)).toBe(90_000)
  expect(retryPauseMs(ids, 1, 1e12)).toBe(24 * HOUR)
  expect(retryPauseMs(ids, 4, 1000)).toBeGreaterThanOrEqual(2 * HOUR)
})
