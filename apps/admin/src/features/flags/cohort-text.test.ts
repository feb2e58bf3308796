import { expect, test } from 'vitest'
import { cohortText } from './cohort-text.ts'

test('whom a flag is for', () => {
  expect(cohortText({ rolloutPercent: 100, cohorts: {} })).toBe('Everybody')
  expect(cohortText({ rolloutPercent: 20, cohorts: {} })).toBe('20% of everybody')
  expect(cohortText({ rolloutPercent: 100, cohorts: { roles: ['data', 'founder'], emailDomains: ['acme.example'] } })).toBe(
    'Founder or Data, @acme.example',
  )
  expect(cohortText({ rolloutPercent: 5, cohorts: { plans: ['SCALE'] } })).toBe('5% of Scale')
})
