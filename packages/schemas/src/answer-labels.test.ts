import { describe, expect, test } from 'vitest'
import {
  answerParts,
  answerTexts,
  fieldLabel,
  labelsOf,
  mergeLabels,
  orderedFields,
  orderedSteps,
  stepLabel,
} from './answer-labels.ts'
import { fieldNames } from './manifest-applicable.ts'
import { BUILT_IN_MANIFEST } from './manifest-built-in.ts'
import type { ManifestStep } from './manifest.ts'

describe('labels of answers', () => {
  test('every field of every step has a label, and no label is left of a field that is gone', () => {
    for (const step of BUILT_IN_MANIFEST.steps) {
      expect(orderedFields(step.id, {})).toEqual(fieldNames(step))
      expect(orderedFields(step.id, {}).filter((field) => fieldLabel(step.id, field) === field)).toEqual([])
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

  test('several manifests are read together, and the newest names what they share', () => {
    const step = (title: string, names: string[]): ManifestStep => ({
      ...{ id: 'work', kind: 'questions', title: { en: title, de: `${title} (de)` }, question: { en: '' }, required: false },
      fields: names.map((name) => ({ name, type: 'number', label: { en: `${name} of ${title}` }, required: false })),
    })
    const labels = mergeLabels([labelsOf([step('new', ['seats', 'team'])], 'de'), labelsOf([step('old', ['team', 'desks'])])])
    expect(stepLabel('work', labels)).toBe('new (de)')
    expect(orderedFields('work', { other: 1 }, labels)).toEqual(['seats', 'team', 'desks', 'other'])
    expect(fieldLabel('work', 'team', labels)).toBe('team of new')
    expect(orderedSteps({ billing: {} }, labels)).toEqual(['work', 'billing'])
    expect(answerTexts({ step: 'work', field: 'seats', value: 12 }, labels)).toEqual(['12'])
  })
})
