import { describe, expect, test } from 'vitest'
import { mergeAnswers, type Merged, pendingPatch, sameAnswer } from './merge.ts'
import type { DraftAnswers } from './questionnaire.ts'

const profile = (fullName?: string): DraftAnswers => (fullName === undefined ? {} : { profile: { fullName } })

function typed(base: string | undefined, mine: string | undefined): Merged {
  return { server: profile(base), answers: profile(mine), conflicts: [] }
}

describe('one field, three ways', () => {
  const values = [undefined, 'Ada', 'Grace', 'Edith']
  const cases = values.flatMap((base) => values.flatMap((mine) => values.map((theirs) => ({ base, mine, theirs }))))

  test.each(cases)('base $base, mine $mine, theirs $theirs', ({ base, mine, theirs }) => {
    const result = mergeAnswers(typed(base, mine), profile(theirs))
    const value = result.answers.profile?.fullName
    if (mine === theirs || mine === base) {
      expect(value).toBe(theirs)
      expect(result.conflicts).toEqual([])
    } else {
      // What was typed is always kept; it is a conflict only when the other side moved too.
      expect(value).toBe(mine)
      expect(result.conflicts).toHaveLength(theirs === base ? 0 : 1)
    }
    expect(result.server).toEqual(profile(theirs))
  })
})

test('a field in conflict waits: it is not saved, and it is not forgotten when the server moves again', () => {
  const first = mergeAnswers(typed('Ada', 'Grace'), profile('Edith'))
  expect(first.conflicts).toEqual([{ step: 'profile', field: 'fullName', theirs: 'Edith' }])
  expect(pendingPatch(first, 'profile')).toEqual({})

  const second = mergeAnswers(first, profile('Katherine'))
  expect(second.conflicts).toEqual([{ step: 'profile', field: 'fullName', theirs: 'Katherine' }])
  expect(second.answers).toEqual(profile('Grace'))
  expect(mergeAnswers(second, profile('Grace')).conflicts).toEqual([])
})

test('fields beside a conflict are still to be saved', () => {
  const local: Merged = {
    server: { profile: { fullName: 'Ada', jobTitle: 'Analyst' } },
    answers: { profile: { fullName: 'Grace', jobTitle: 'Admiral' } },
    conflicts: [],
  }
  const merged = mergeAnswers(local, { profile: { fullName: 'Edith', jobTitle: 'Analyst' } })
  expect(pendingPatch(merged, 'profile')).toEqual({ jobTitle: 'Admiral' })
})

test('steps that were not touched here are taken as they are', () => {
  const merged = mergeAnswers(typed('Ada', 'Grace'), { ...profile('Ada'), tools: { tools: ['dbt'] } })
  expect(merged.answers).toEqual({ ...profile('Grace'), tools: { tools: ['dbt'] } })
})

test('an answer that was taken back is sent as null', () => {
  expect(pendingPatch({ server: profile('Ada'), answers: { profile: { fullName: '' } }, conflicts: [] }, 'profile')).toEqual({
    fullName: null,
  })
  expect(
    pendingPatch({ server: { tools: { tools: ['dbt'] } }, answers: { tools: { tools: [] } }, conflicts: [] }, 'tools'),
  ).toEqual({ tools: null })
})

test('the order of keys in a row makes no difference; the order of rows does', () => {
  expect(sameAnswer([{ email: 'a@b.co', role: 'admin' }], [{ role: 'admin', email: 'a@b.co' }])).toBe(true)
  expect(sameAnswer(['dbt', 'Slack'], ['Slack', 'dbt'])).toBe(false)
  expect(sameAnswer(false, undefined)).toBe(false)
})
