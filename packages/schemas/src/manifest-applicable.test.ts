import { describe, expect, test } from 'vitest'
import { applicable, unknownFields } from './manifest-applicable.ts'
import { type Condition, holds } from './manifest-conditions.ts'
import type { ManifestField, ManifestStep } from './manifest.ts'
import type { DraftAnswers } from './questionnaire.ts'

const ANSWERS: DraftAnswers = { work: { role: 'data', seats: '5', functions: ['analytics'], agreed: true } }

function field(name: string, showIf?: Condition): ManifestField {
  return { name, type: 'text', label: { en: name }, required: false, ...(showIf && { showIf }) }
}

function step(id: string, fields: ManifestField[], showIf?: Condition): ManifestStep {
  const texts = { title: { en: id }, question: { en: id } }
  return { id, kind: 'questions', ...texts, required: false, fields, ...(showIf && { showIf }) }
}

describe('conditions', () => {
  test.each<[boolean, Condition]>([
    [true, { field: 'work.role', equals: 'data' }],
    [false, { field: 'work.role', equals: 'design' }],
    [true, { field: 'work.seats', equals: 5 }],
    [true, { field: 'work.agreed', equals: true }],
    [true, { field: 'work.role', in: ['design', 'data'] }],
    [false, { field: 'work.role', in: [] }],
    [true, { field: 'work.functions', contains: 'analytics' }],
    [false, { field: 'work.role', contains: 'data' }],
    [false, { field: 'work.team', equals: 'growth' }],
    [true, { not: { field: 'work.team', equals: 'growth' } }],
    [true, { all: [] }],
    [false, { any: [] }],
    [
      false,
      {
        all: [
          { field: 'work.role', equals: 'data' },
          { field: 'work.seats', equals: 6 },
        ],
      },
    ],
    [true, { any: [{ field: 'work.role', equals: 'design' }, { not: { field: 'work.seats', equals: 6 } }] }],
  ])('%j: %j', (expected, condition) => {
    expect(holds(condition, ANSWERS)).toBe(expected)
  })
})

describe('what applies', () => {
  const asksWhich: Condition = { field: 'work.role', equals: 'other' }
  const STEPS = [
    step('work', [field('role'), field('which', asksWhich), field('why', { field: 'work.which', equals: 'chef' })]),
    step('kitchen', [field('size')], { field: 'work.which', equals: 'chef' }),
    step('empty', [field('never', { any: [] })]),
    step('last', [field('done')]),
  ]
  const asked = (answers: DraftAnswers, skippedSteps: string[] = []) => {
    const { steps, answers: counted } = applicable(STEPS, { answers, skippedSteps })
    return { asked: steps.map(({ id, fields }) => `${id}: ${fields.map(({ name }) => name).join(' ')}`), counted }
  }
  const CHEF = { work: { role: 'other', which: 'chef', why: 'fun' }, kitchen: { size: 'small' } }

  test('follows conditions, within a step too, and leaves out a step without questions', () => {
    expect(asked(CHEF)).toEqual({ asked: ['work: role which why', 'kitchen: size', 'last: done'], counted: CHEF })
  })

  test('a branch that is left takes everything behind it with it, and its answers do not count', () => {
    const left = { ...CHEF, work: { ...CHEF.work, role: 'data' } }
    expect(asked(left)).toEqual({ asked: ['work: role', 'last: done'], counted: { work: { role: 'data' } } })
  })

  test('the answers of a skipped step do not count for others', () => {
    expect(asked(CHEF, ['work'])).toEqual({ asked: ['work: role which why', 'last: done'], counted: {} })
  })

  test('a patch has the fields of its step, whether they apply or not', () => {
    expect(unknownFields(STEPS, 'work', { why: 'fun', hat: 'high' })).toEqual(['hat'])
    expect(unknownFields(STEPS, 'cellar', { size: 'small' })).toEqual(['size'])
  })
})
