import { BUILT_IN_LABELS } from '@gangway/schemas/answer-labels'
import { expect, test } from 'vitest'
import { filterText } from './filter-text.ts'
import { ALL_PEOPLE } from './funnel-query.ts'
import { groupText } from './group-text.ts'
import { funnelPeopleSearch, readFunnelPeopleQuery } from './people-query.ts'

test('who is counted, in words', () => {
  const text = (query: Partial<typeof ALL_PEOPLE>) => filterText({ ...ALL_PEOPLE, ...query }, BUILT_IN_LABELS)
  expect(text({})).toBe('Started at any time')
  expect(text({ from: '2026-02-01', to: '2026-02-01', roles: ['data', 'sales'], plan: 'SCALE', variant: 'short' })).toBe(
    'Started 2026-02-01; role Data or Sales; plan Scale; variant short',
  )
  expect([text({ from: '2026-02-01' }), text({ to: '2026-02-01' })]).toEqual([
    'Started from 2026-02-01',
    'Started until 2026-02-01',
  ])
})

test('the people behind a number, in words and in the address', () => {
  const query = { ...ALL_PEOPLE, variant: 'short', group: { at: 'step', step: 'work', what: 'validation' } as const }
  expect(groupText(query.group, BUILT_IN_LABELS)).toBe('Your work: blocked by validation')
  expect(funnelPeopleSearch(query)).toBe('?variant=short&step=work&what=validation')
  expect(readFunnelPeopleQuery(new URLSearchParams(funnelPeopleSearch(query)))).toEqual(query)
  const everybody = readFunnelPeopleQuery(new URLSearchParams('step=work&what=nothing'))
  expect([everybody.group, groupText(everybody.group, BUILT_IN_LABELS)]).toEqual([
    { at: 'milestone', milestone: 'started', what: 'reached' },
    'Started',
  ])
})
