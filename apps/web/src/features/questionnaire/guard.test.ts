import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { expect, test } from 'vitest'
import { guard, stepAfter, stepBefore } from './guard.ts'

const { steps } = BUILT_IN_MANIFEST

test('a later step than the first incomplete one leads back to it; an earlier one is open', () => {
  const position = { status: 'open', nextStep: 'tools' } as const
  expect(guard(position, 'workspace', steps)).toBe('tools')
  expect(guard(position, 'tools', steps)).toBe('tools')
  expect(guard(position, 'profile', steps)).toBe('profile')
})

test('with every step done and nothing completed yet, every step is open', () => {
  expect(guard({ status: 'open', nextStep: null }, 'profile', steps)).toBe('profile')
})

test('a step that is not asked leads to the one that is next, or to the first', () => {
  expect(guard({ status: 'open', nextStep: 'tools' }, 'billing', steps)).toBe('tools')
  expect(guard({ status: 'open', nextStep: null }, 'billing', steps)).toBe('profile')
  const fewer = steps.filter(({ id }) => id !== 'tools')
  expect(guard({ status: 'open', nextStep: 'tools' }, 'tools', fewer)).toBe('profile')
})

test('people who are done are sent away', () => {
  expect(guard({ status: 'completed', nextStep: null }, 'work', steps)).toBeNull()
})

test('the ends have no neighbours', () => {
  const neighbours = ['profile', 'workspace'].map((step) => [stepBefore(step, steps), stepAfter(step, steps)])
  expect(neighbours).toEqual([
    [null, 'work'],
    ['preferences', null],
  ])
})
