import { describe, expect, test } from 'vitest'
import { answerTexts, fieldLabel, labelsOf, mergeLabels, orderedFields, orderedSteps, stepLabel } from './answer-labels.ts'
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
    expect(answerTexts({ step: 'work', field: 'role', value: 'data' })).toEqual(['Data'])
    expect(answerTexts({ step: 'work', field: 'intents', value: ['set_budgets', 'explore'] })).toEqual([
      'Set budgets and alerts',
      'Look around first',
    ])
    expect(answerTexts({ step: 'preferences', field: 'productNews', value: false })).toEqual(['No'])
    expect(answerTexts({ step: 'invites', field: 'invites', value: [{ email: 'ada@example.com', role: 'admin' }] })).toEqual([
      'ada@example.com (Admin)',
    ])
  })

  test('no answer has no parts', () => {
    for (const value of [null, undefined, '', []]) expect(answerTexts({ step: 'work', field: 'team', value })).toEqual([])
  })

  test('what this version does not know is shown as it is', () => {
    expect(stepLabel('billing')).toBe('billing')
    expect(fieldLabel('billing', 'vatId')).toBe('vatId')
    expect(orderedFields('billing', { vatId: 'x' })).toEqual(['vatId'])
    expect(answerTexts({ step: 'billing', field: 'vatId', value: 'DE1' })).toEqual(['DE1'])
    expect(answerTexts({ step: 'work', field: 'role', value: 'astronaut' })).toEqual(['astronaut'])
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

  test('an option that only an older manifest offers is still called what it was', () => {
    const step = (options: Record<string, string>): ManifestStep => ({
      ...{ id: 'work', kind: 'questions', title: { en: 'Work' }, question: { en: '' }, required: false },
      fields: [
        {
          ...{ name: 'team', type: 'select', label: { en: 'Team' }, required: false },
          options: Object.entries(options).map(([value, label]) => ({ value, label: { en: label } })),
        },
      ],
    })
    const labels = mergeLabels(
      [step({ data: 'Data team' }), step({ data: 'Data', sales: 'Sales' })].map((each) => labelsOf([each])),
    )
    const told = (value: string) => answerTexts({ step: 'work', field: 'team', value }, labels)
    expect(['data', 'sales', 'space'].map(told)).toEqual([['Data team'], ['Sales'], ['space']])
  })
})
