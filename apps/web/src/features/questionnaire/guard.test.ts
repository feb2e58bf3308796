import { expect, test } from 'vitest'
import { guard, stepAfter, stepBefore } from './guard.ts'

test('a later step than the first incomplete one leads back to it; an earlier one is open', () => {
  const position = { status: 'open', nextStep: 'tools' } as const
  expect(guard(position, 'workspace')).toBe('tools')
  expect(guard(position, 'tools')).toBe('tools')
  expect(guard(position, 'profile')).toBe('profile')
})

test('with every step done and nothing completed yet, every step is open', () => {
  expect(guard({ status: 'open', nextStep: null }, 'profile')).toBe('profile')
})

test('people who are done are sent away', () => {
  expect(guard({ status: 'completed', nextStep: null }, 'work')).toBe('home')
})

test('the ends have no neighbours', () => {
  expect([stepBefore('profile'), stepAfter('profile'), stepBefore('workspace'), stepAfter('workspace')]).toEqual([
    null,
    'work',
    'preferences',
    null,
  ])
})
