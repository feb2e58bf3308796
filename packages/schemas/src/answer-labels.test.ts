import { describe, expect, test } from 'vitest'
import { answerParts, fieldLabel, orderedFields, stepLabel } from './answer-labels.ts'
import { STEP_SCHEMAS, STEPS, unknownFields } from './questionnaire.ts'

describe('labels of answers', () => {
  test('every field of every step has a label, and no label is left of a field that is gone', () => {
    for (const { id } of STEPS) {
      const labelled = orderedFields(id, {})
      expect(unknownFields(id, Object.fromEntries(labelled.map((field) => [field, null])))).toEqual([])
      const schema = STEP_SCHEMAS[id]
      const asked = 'shape' in schema ? Object.keys(schema.shape) : ['mode', 'name', 'slug', 'inviteCode']
      expect(asked.filter((field) => !labelled.includes(field))).toEqual([])
    }
  })

  test('values are shown by their labels', () => {
    expect(answerParts('work', 'role', 'data')).toEqual(['Data'])
    expect(answerParts('work', 'intents', ['set_budgets', 'explore'])).toEqual(['Set budgets and alerts', 'Look around first'])
    expect(answerParts('preferences', 'productNews', false)).toEqual(['No'])
    expect(answerParts('invites', 'invites', [{ email: 'ada@example.com', role: 'admin' }])).toEqual(['ada@example.com (Admin)'])
  })

  test('no answer has no parts', () => {
    for (const value of [null, undefined, '', []]) expect(answerParts('work', 'team', value)).toEqual([])
  })

  test('what this version does not know is shown as it is', () => {
    expect(stepLabel('billing')).toBe('billing')
    expect(fieldLabel('billing', 'vatId')).toBe('vatId')
    expect(orderedFields('billing', { vatId: 'x' })).toEqual(['vatId'])
    expect(answerParts('billing', 'vatId', 'DE1')).toEqual(['DE1'])
    expect(answerParts('work', 'role', 'astronaut')).toEqual(['astronaut'])
  })
})
