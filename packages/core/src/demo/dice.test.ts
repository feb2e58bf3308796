import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { spanOf, signUpTime } from './calendar.ts'
import { Dice } from './dice.ts'

const throws = (seed: string, count: number) => {
  const dice = new Dice(seed)
  return Array.from({ length: count }, () => dice.share())
}

describe('Dice', () => {
  it('gives the same for the same seed, and something else for another', () => {
    expect(throws('one', 50)).toEqual(throws('one', 50))
    expect(throws('one', 50)).not.toEqual(throws('two', 50))
  })

  it('is even, and keeps to weights', () => {
    const dice = new Dice('even')
    const counts = new Map<string, number>()
    for (let n = 0; n < 10_000; n++) {
      const chosen = dice.weighted([
        ['often', 7],
        ['seldom', 3],
      ])
      counts.set(chosen, (counts.get(chosen) ?? 0) + 1)
    }
    expect(counts.get('often')).toBeGreaterThan(6850)
    expect(counts.get('often')).toBeLessThan(7150)
    const tenths = Map.groupBy(throws('tenths', 10_000), (share) => Math.floor(share * 10))
    expect([...tenths.values()].map((group) => Math.round(group.length / 100)).every((size) => size >= 9 && size <= 11)).toBe(
      true,
    )
  })

  it('has half of all times below the median', () => {
    const dice = new Dice('times')
    const below = Array.from({ length: 4000 }, () => dice.spread(1000)).filter((time) => time < 1000).length
    expect(Math.abs(below - 2000)).toBeLessThan(130)
  })

  it('makes ids that others take for theirs', () => {
    const dice = new Dice('ids')
    expect(z.uuidv4().safeParse(dice.uuid()).success).toBe(true)
    expect(z.uuidv7().safeParse(dice.eventId(Date.UTC(2026, 4, 1))).success).toBe(true)
  })
})

it('more people sign up on working days, at working hours, and towards the end', () => {
  const dice = new Dice('calendar')
  const until = new Date('2026-06-01T00:00:00Z')
  const span = spanOf({ until, days: 84 })
  const times = Array.from({ length: 6000 }, () => new Date(signUpTime(dice, span, 0)))
  expect(times.every((time) => time.getTime() >= span.from && time < until)).toBe(true)
  const count = (wanted: (time: Date) => boolean) => times.filter(wanted).length
  expect(count((time) => [0, 6].includes(time.getUTCDay())) / 2).toBeLessThan(count((time) => time.getUTCDay() === 2) / 2)
  expect(count((time) => time.getUTCHours() === 3)).toBeLessThan(count((time) => time.getUTCHours() === 10) / 5)
  expect(count((time) => time.getTime() < span.from + 28 * 86_400_000)).toBeLessThan(
    count((time) => time.getTime() >= until.getTime() - 28 * 86_400_000),
  )
})
