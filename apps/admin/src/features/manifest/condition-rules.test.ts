import type { Condition } from '@gangway/schemas/manifest-conditions'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { describe, expect, test } from 'vitest'
import { conditionOf, earlierQuestions, operatorsFor, rulesOf, valuesFor } from './condition-rules.ts'

const EARLIER = earlierQuestions(BUILT_IN_MANIFEST.steps, 5)

describe('the builder of conditions', () => {
  test.each<Condition>([
    { field: 'work.role', equals: 'data' },
    { not: { field: 'work.role', in: ['data', 'design'] } },
    { field: 'work.functions', contains: 'analytics' },
    { field: 'preferences.productNews', equals: true },
    { all: [{ field: 'work.role', equals: 'data' }, { not: { field: 'work.functions', contains: 'analytics' } }] },
    {
      any: [
        { field: 'work.role', equals: 'data' },
        { field: 'preferences.productNews', equals: false },
      ],
    },
  ])('gives back what it was given: %j', (condition) => {
    const rules = rulesOf(condition)
    expect(rules && conditionOf(rules, EARLIER)).toEqual(condition)
  })

  test('has no rules for what is always asked, and leaves deeper nesting to the JSON', () => {
    expect(conditionOf(rulesOf(undefined) ?? { match: 'any', rules: [] }, EARLIER)).toBeUndefined()
    expect(rulesOf({ all: [{ any: [{ field: 'work.role', equals: 'data' }] }] })).toBeNull()
    expect(rulesOf({ not: { all: [] } })).toBeNull()
  })

  test('offers the questions that are asked before, and what they can be answered with', () => {
    expect(earlierQuestions(BUILT_IN_MANIFEST.steps, 1, 2).map(({ value }) => value)).toEqual([
      ...['profile.fullName', 'profile.displayName', 'profile.jobTitle', 'profile.companyName'],
      ...['work.role', 'work.timezone'],
    ])
    const [role, functions] = ['work.role', 'work.functions'].map((name) => EARLIER.find(({ value }) => value === name))
    expect(operatorsFor(role).map(({ value }) => value)).toEqual(['equals', 'not-equals', 'in', 'not-in'])
    expect(operatorsFor(functions).map(({ value }) => value)).toEqual(['contains', 'not-contains'])
    expect(valuesFor(role)[0]).toEqual({ value: 'founder', label: 'Founder' })
  })
})
