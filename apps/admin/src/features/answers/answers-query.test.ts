import { describe, expect, test } from 'vitest'
import { answersFilter, answersSearch, NO_QUERY, readAnswersQuery } from './answers-query.ts'

describe('the filter in the address', () => {
  test('comes back as it was written', () => {
    const query = { roles: ['data', 'founder'] as const, from: '2026-03-01', to: '2026-03-31' }
    const search = answersSearch({ ...query, roles: [...query.roles] })
    expect(search).toBe('?role=data&role=founder&from=2026-03-01&to=2026-03-31')
    expect(readAnswersQuery(new URLSearchParams(search))).toEqual(query)
  })

  test('is nothing when nothing is filtered', () => {
    expect(answersSearch(NO_QUERY)).toBe('')
    expect(answersFilter(NO_QUERY)).toEqual({ roles: undefined, completedFrom: undefined, completedBefore: undefined })
  })

  test('leaves out unknown roles, repeated ones and days that do not exist', () => {
    const params = new URLSearchParams('role=astronaut&role=data&role=data&from=2026-13-01&to=yesterday')
    expect(readAnswersQuery(params)).toEqual({ roles: ['data'], from: '', to: '' })
  })

  test('takes both days whole', () => {
    const { completedFrom, completedBefore } = answersFilter({ roles: [], from: '2026-02-28', to: '2026-02-28' })
    expect([completedFrom, completedBefore]).toEqual([new Date(2026, 1, 28), new Date(2026, 2, 1)])
  })
})
