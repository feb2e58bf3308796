import type { AnswerTotals } from '@gangway/schemas/answer-totals'
import { BUILT_IN_LABELS } from '@gangway/schemas/answer-labels'
import { describe, expect, test } from 'vitest'
import { difference, questionsOf as questionsBy } from './bars.ts'

const questionsOf = (now: AnswerTotals, before?: AnswerTotals) => questionsBy({ now, before }, BUILT_IN_LABELS)

function totals(people: number, fields: Record<string, Record<string, number>>, more = false): AnswerTotals {
  return {
    people,
    fields: Object.entries(fields).map(([name, values]) => {
      const [step = '', ...field] = name.split('.')
      const counted = Object.entries(values).map(([value, total]) => ({ value, total }))
      return { step, field: field.join('.'), values: counted, more }
    }),
  }
}

describe('questionsOf', () => {
  test('follows the questionnaire, and puts what this version does not know last', () => {
    const now = totals(4, {
      'billing.vat': { DE1: 1 },
      'work.team': { data: 2 },
      'invites.invites.role': { admin: 1 },
      'profile.fullName': { Ada: 1 },
      'work.role': { data: 4 },
    })
    expect(questionsOf(now).map(({ step, field }) => `${step}.${field}`)).toEqual([
      ...['profile.fullName', 'work.role', 'work.team', 'invites.invites.role', 'billing.vat'],
    ])
  })

  test('gives each answer its share of the people, not of the answers', () => {
    const [question] = questionsOf(totals(4, { 'work.intents': { explore: 3, set_budgets: 2 } }))
    expect(question?.bars).toEqual([
      { value: 'explore', now: { total: 3, share: 0.75 }, before: undefined },
      { value: 'set_budgets', now: { total: 2, share: 0.5 }, before: undefined },
    ])
  })

  test('compares by share; what nobody gave is 0, and so are the people of an empty period', () => {
    const now = totals(10, { 'work.role': { data: 6, finance: 4 } })
    const [question] = questionsOf(now, totals(20, { 'work.role': { data: 4, design: 16 } }))
    expect(question?.bars.map(({ value }) => value)).toEqual(['data', 'finance', 'design'])
    expect(question?.bars.map(difference)).toEqual([40, 40, -80])
    const [alone] = questionsOf(now, totals(0, {}))
    expect(alone?.bars.map(difference)).toEqual([60, 40])
  })

  test('does not pretend to know what is not among the answers given most', () => {
    const [question] = questionsOf(totals(10, { 'tools.tools': { dbt: 6 } }, true), totals(10, { 'tools.tools': { Airflow: 3 } }))
    expect(question).toMatchObject({
      more: true,
      bars: [
        { value: 'dbt', now: { total: 6 }, before: { total: 0 } },
        { value: 'Airflow', now: null, before: { total: 3 } },
      ],
    })
    expect(question?.bars.map(difference)).toEqual([60, null])
  })
})
