import { describe, expect, test } from 'vitest'
import { ALL_PEOPLE, funnelFilter, funnelSearch, isFiltered, ofCohort, readFunnelQuery } from './funnel-query.ts'

describe('a funnel in the address', () => {
  test('comes back as it was written', () => {
    const query = {
      ...ALL_PEOPLE,
      roles: ['data' as const],
      plan: 'SCALE' as const,
      variant: 'short',
      from: '2026-02-01',
      by: 'week' as const,
    }
    expect(funnelSearch(query)).toBe('?role=data&plan=SCALE&variant=short&from=2026-02-01&by=week')
    expect(readFunnelQuery(new URLSearchParams(funnelSearch(query)))).toEqual(query)
    expect([isFiltered(query), isFiltered({ ...ALL_PEOPLE, by: 'plan' })]).toEqual([true, false])
  })

  test('is that of everybody where nothing is understood', () => {
    expect(readFunnelQuery(new URLSearchParams('role=wizard&plan=GOLD&by=moon&from=soon'))).toEqual(ALL_PEOPLE)
    expect(funnelFilter(ALL_PEOPLE)).toEqual({})
  })

  test('asks for whole days by the clock of the reader', () => {
    expect(funnelFilter({ ...ALL_PEOPLE, variant: ' short ', from: '2026-02-28', to: '2026-02-28' })).toEqual({
      variant: 'short',
      startedFrom: new Date(2026, 1, 28),
      startedBefore: new Date(2026, 2, 1),
    })
  })
})

describe('ofCohort', () => {
  const days = (by: 'day' | 'week' | 'month', key: string, window = {}) => {
    const { from, to } = ofCohort({ ...ALL_PEOPLE, ...window, by }, key) ?? ALL_PEOPLE
    return [from, to]
  }

  test('is the days of a day, a week, a month, as far as the window reaches', () => {
    expect(days('day', '2026-02-28')).toEqual(['2026-02-28', '2026-02-28'])
    expect(days('week', '2026-02-23')).toEqual(['2026-02-23', '2026-03-01'])
    expect(days('month', '2026-02-01')).toEqual(['2026-02-01', '2026-02-28'])
    expect(days('month', '2026-02-01', { from: '2026-02-10', to: '2026-02-20' })).toEqual(['2026-02-10', '2026-02-20'])
  })

  test('is a role or a plan, and nobody where that is not known', () => {
    expect(ofCohort({ ...ALL_PEOPLE, by: 'role' }, 'data')?.roles).toEqual(['data'])
    expect(ofCohort({ ...ALL_PEOPLE, by: 'plan' }, 'SCALE')?.plan).toBe('SCALE')
    expect(ofCohort({ ...ALL_PEOPLE, by: 'role' }, null)).toBeNull()
    expect(ofCohort({ ...ALL_PEOPLE, by: 'role' }, 'wizard')).toBeNull()
  })
})
