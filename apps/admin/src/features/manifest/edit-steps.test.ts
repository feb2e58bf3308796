import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { expect, test } from 'vitest'
import { freeName, moved, newField, newStep, stepsFor, without, withSteps } from './edit-steps.ts'

const { version: _version, ...CONTENT } = BUILT_IN_MANIFEST

test('an item moves by one place, and stays where it is at the ends', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
})

test('what is new has a name that is free', () => {
  expect(freeName('step', ['step', 'step2'])).toBe('step3')
  expect(newStep(CONTENT.steps).id).toBe('step')
  expect(newField([newField([])]).name).toBe('question2')
})

test('the steps of a variant are edited without those of control', () => {
  const short = CONTENT.steps.slice(0, 1)
  const content = {
    ...CONTENT,
    variants: [
      { id: 'control', weight: 1 },
      { id: 'short', weight: 1, steps: short },
    ],
  }
  const edited = withSteps(content, 'short', [])
  expect([stepsFor(edited, 'short'), stepsFor(edited, 'control')]).toEqual([[], CONTENT.steps])
  expect(stepsFor(withSteps(content, 'control', short), 'control')).toEqual(short)
})

test('empty parts are left out', () => {
  expect(without({ flag: '', help: { en: 'x' }, options: [], max: undefined }, ['flag', 'help', 'options', 'max'])).toEqual({
    help: { en: 'x' },
  })
})
