import { answersFilterSchema } from '@gangway/schemas/answers'
import { describe, expect, test } from 'vitest'
import { countHidden, EVERYBODY, isEverybody, peopleFilter, type PeopleQuery, peopleSearch, readPeople } from './people-query.ts'

const QUERY: PeopleQuery = {
  roles: ['data', 'founder'],
  org: 'acme',
  plan: 'SCALE',
  variant: 'short',
  version: '2',
  answers: [
    { step: 'work', field: 'team', value: 'platform' },
    { step: 'invites', field: 'invites.role', value: 'a=b & c' },
  ],
  text: 'ada love',
  from: '2026-03-01',
  to: '2026-03-31',
}

describe('the filter in the address', () => {
  test('comes back as it was written', () => {
    expect(readPeople(new URLSearchParams(peopleSearch(QUERY)))).toEqual(QUERY)
    expect(peopleSearch({ ...EVERYBODY, roles: ['data'], answers: QUERY.answers.slice(0, 1) })).toBe(
      '?role=data&answer=work.team%3Dplatform',
    )
  })

  test('is nothing when nothing is filtered', () => {
    expect(peopleSearch(EVERYBODY)).toBe('')
    expect(isEverybody(EVERYBODY)).toBe(true)
    expect(peopleFilter(EVERYBODY)).toEqual({})
    expect(readPeople(new URLSearchParams())).toEqual(EVERYBODY)
  })

  test('leaves out what it does not understand', () => {
    const params = new URLSearchParams('role=astronaut&role=data&role=data&from=2026-13-01&to=yesterday&plan=GOLD&version=0x1')
    for (const answer of ['team', 'work.team', '.team=x', 'work.te am=x', 'work.team=']) params.append('answer', answer)
    expect(readPeople(params)).toEqual({ ...EVERYBODY, roles: ['data'] })
  })

  test('holds no more answers than the API takes', () => {
    const params = new URLSearchParams(Array.from({ length: 9 }, (_, index) => ['answer', `work.team=${index}`]))
    expect(answersFilterSchema.parse(peopleFilter(readPeople(params))).answers).toHaveLength(5)
  })

  test('asks for everything that is in it, and takes both days whole', () => {
    expect(peopleFilter(QUERY)).toEqual({
      ...{ roles: ['data', 'founder'], org: 'acme', plan: 'SCALE', variant: 'short', schemaVersion: 2, text: 'ada love' },
      answers: QUERY.answers,
      ...{ completedFrom: new Date(2026, 2, 1), completedBefore: new Date(2026, 3, 1) },
    })
    expect(countHidden(QUERY)).toBe(6)
  })
})
