import { describe, expect, it } from 'vitest'
import { changedFields, mergeSeen } from './merge-seen.ts'

describe('mergeSeen', () => {
  const seen = { role: 'data', team: 'growth', tools: ['dbt'] }

  it('takes in what only the owner has changed, and keeps what only the colleague has typed', () => {
    const { shown, differences } = mergeSeen(
      { seen, typed: { ...seen, tools: ['dbt', 'Airflow'] } },
      { ...seen, role: 'sales', experience: 'new' },
    )
    expect(shown).toEqual({ role: 'sales', team: 'growth', tools: ['dbt', 'Airflow'], experience: 'new' })
    expect(differences).toEqual([])
  })

  it('keeps what was typed and tells what the owner has, where both have changed a field', () => {
    const { shown, differences } = mergeSeen({ seen, typed: { ...seen, role: 'design' } }, { ...seen, role: 'sales' })
    expect([shown['role'], differences]).toEqual(['design', [{ field: 'role', theirs: 'sales' }]])
  })

  it('asks nothing where both came to the same, or the owner took nothing back', () => {
    expect(mergeSeen({ seen, typed: { ...seen, role: 'sales' } }, { ...seen, role: 'sales' }).differences).toEqual([])
    expect(mergeSeen({ seen, typed: seen }, { team: 'growth' })).toEqual({ shown: { team: 'growth' }, differences: [] })
  })

  it('says what the owner has taken back and the colleague has changed', () => {
    const { differences } = mergeSeen({ seen, typed: { ...seen, role: 'design' } }, { team: 'growth', tools: ['dbt'] })
    expect(differences).toEqual([{ field: 'role', theirs: null }])
  })
})

it('only what differs is sent', () => {
  expect(changedFields({ role: 'data', team: null }, { role: 'data', team: '', timezone: 'UTC' })).toEqual({ timezone: 'UTC' })
})
