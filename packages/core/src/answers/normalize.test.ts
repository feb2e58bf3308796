import { describe, expect, it } from 'vitest'
import { canonicalKey, normalizeAnswers } from './normalize.ts'

describe('canonicalKey', () => {
  it.each(['fullName', 'full-name', 'full_name', 'FullName', 'full name', ' full-Name '])('%j is fullName', (key) => {
    expect(canonicalKey(key)).toBe('fullName')
  })
})

describe('normalizeAnswers', () => {
  it('gives the same for every spelling of the keys', () => {
    const camel = normalizeAnswers({ profile: { fullName: 'Ada', companyName: 'Engines' } })
    expect(normalizeAnswers({ Profile: { 'full-name': 'Ada', company_name: 'Engines' } })).toEqual(camel)
  })

  it('prefers the canonical spelling where there are two', () => {
    const { answers } = normalizeAnswers({ profile: { fullName: 'Ada', 'full-name': 'Old' }, Profile: { fullName: 'Older' } })
    expect(answers).toEqual({ profile: { fullName: 'Ada' } })
  })

  it('trims, and drops what is empty and what is not a step', () => {
    const { answers } = normalizeAnswers({
      profile: { fullName: ' Ada ', displayName: '  ', jobTitle: null },
      tools: { tools: [' dbt ', ''] },
      invites: { invites: [] },
      shoes: { size: '38' },
    })
    expect(answers).toEqual({ profile: { fullName: 'Ada' }, tools: { tools: ['dbt'] } })
  })

  it('leaves skipped steps out', () => {
    expect(normalizeAnswers({ tools: { tools: ['dbt'] }, work: { role: 'data' } }, ['tools']).answers).toEqual({
      work: { role: 'data' },
    })
  })

  it('lists one line for each answer and each item of a list', () => {
    const { flat } = normalizeAnswers({
      work: { role: 'data', functions: ['analytics', 'budgeting', 'analytics'] },
      preferences: { productNews: false },
      invites: { invites: [{ email: 'grace@example.com', role: 'admin' }] },
    })
    expect(flat).toEqual([
      'invites.invites.email=grace@example.com',
      'invites.invites.role=admin',
      'preferences.productNews=false',
      'work.functions=analytics',
      'work.functions=budgeting',
      'work.role=data',
    ])
  })

  it('takes the role out, and none that is not on the list', () => {
    expect(normalizeAnswers({ work: { role: 'data' } }).role).toBe('data')
    expect(normalizeAnswers({ work: { role: 'wizard' } }).role).toBeNull()
    expect(normalizeAnswers({}).role).toBeNull()
  })
})
