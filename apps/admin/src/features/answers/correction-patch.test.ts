import { expect, test } from 'vitest'
import { correctionPatch } from './correction-patch.ts'

const BEFORE = { work: { role: 'data', team: 'growth' }, tools: { tools: ['dbt'] } }

test('a correction holds what is different, and null for what is taken back', () => {
  expect(correctionPatch(BEFORE, BEFORE)).toEqual({})
  expect(
    correctionPatch(BEFORE, {
      work: { role: 'finance', team: 'growth' },
      tools: { tools: [] },
      profile: { jobTitle: 'CTO', fullName: '' },
    }),
  ).toEqual({ work: { role: 'finance' }, tools: { tools: null }, profile: { jobTitle: 'CTO' } })
})

test('what was never answered and still is not makes no correction', () => {
  expect(correctionPatch({}, { work: { team: '', tools: [], size: null } })).toEqual({})
})
