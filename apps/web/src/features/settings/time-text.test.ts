import { expect, test } from 'vitest'
import { hourChoices } from './time-text.ts'

test('there is a choice for every hour of the day, each of them once', () => {
  const choices = hourChoices(new Date('2026-03-10T09:30:00Z'))
  expect(choices.map(({ value }) => value)).toEqual(Array.from({ length: 24 }, (_, hour) => String(hour)))
  expect(new Set(choices.map(({ label }) => label)).size).toBe(24)
  const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit' })
  expect(choices[6]?.label).toContain(clock.format(new Date('2026-03-10T06:00:00Z')))
})
