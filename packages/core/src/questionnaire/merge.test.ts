import { describe, expect, it } from 'vitest'
import { fieldConflicts } from './merge.ts'

const mine = (patch: Record<string, string | null>) => ({ step: 'profile' as const, patch })

describe('fieldConflicts', () => {
  it('what only one side changed is no conflict', () => {
    expect(fieldConflicts(mine({ fullName: 'Ada' }), {}, {})).toEqual([])
    expect(fieldConflicts(mine({ fullName: 'Ada' }), { fullName: 'Ada' }, { fullName: 'Grace' })).toEqual([])
    expect(fieldConflicts(mine({ fullName: 'Ada' }), { fullName: 'Grace' }, { fullName: 'Grace' })).toEqual([])
  })

  it('what both changed the same way is no conflict', () => {
    expect(fieldConflicts(mine({ fullName: 'Ada' }), { fullName: null }, { fullName: 'Ada' })).toEqual([])
    expect(fieldConflicts(mine({ fullName: null }), { fullName: 'Ada' }, {})).toEqual([])
  })

  it('what both changed differently is one, with all three values', () => {
    expect(fieldConflicts(mine({ fullName: 'Ada' }), { fullName: null }, { fullName: 'Grace' })).toEqual([
      { step: 'profile', field: 'fullName', base: null, mine: 'Ada', theirs: 'Grace' },
    ])
    expect(fieldConflicts(mine({ fullName: null }), { fullName: 'Ada' }, { fullName: 'Grace' })).toEqual([
      { step: 'profile', field: 'fullName', base: 'Ada', mine: null, theirs: 'Grace' },
    ])
  })
})
