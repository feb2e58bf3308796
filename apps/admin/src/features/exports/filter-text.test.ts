import { BUILT_IN_LABELS } from '@gangway/schemas/answer-labels'
import { expect, test } from 'vitest'
import { filterTexts } from './filter-text.ts'

test('a filter is told part by part, by the labels that people know', () => {
  expect(filterTexts({}, BUILT_IN_LABELS)).toEqual([])
  expect(
    filterTexts(
      {
        roles: ['data', 'finance'],
        plan: 'SCALE',
        schemaVersion: 2,
        answers: [{ step: 'work', field: 'team', value: 'platform' }],
        text: 'ada',
        completedFrom: new Date(2026, 2, 1),
      },
      BUILT_IN_LABELS,
    ),
  ).toEqual([
    'Search: ada',
    'Role: Data or Finance',
    'Plan: Scale',
    'Schema version: 2',
    'Team: Platform',
    'Completed from Mar 1, 2026, 12:00 AM',
  ])
})
