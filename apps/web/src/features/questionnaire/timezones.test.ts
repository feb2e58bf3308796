import { isTimezone } from '@gangway/schemas/questionnaire'
import { expect, test } from 'vitest'
import { browserTimezone, timezones } from './timezones.ts'

test('every zone is offered once, under its region, and is one that the server takes', () => {
  const groups = timezones()
  const values = groups.flatMap(({ items }) => items.map(({ value }) => value))
  expect(new Set(values).size).toBe(values.length)
  expect(values).toContain(browserTimezone())
  expect(values.every(isTimezone)).toBe(true)
  expect(groups.find(({ group }) => group === 'Europe')?.items).toContainEqual({ value: 'Europe/Berlin', label: 'Berlin' })
  expect(groups.find(({ group }) => group === 'America')?.items).toContainEqual({
    value: 'America/Argentina/Ushuaia',
    label: 'Argentina, Ushuaia',
  })
})
