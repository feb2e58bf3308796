import { expect, test } from 'vitest'
import { attempt, authProblem } from './auth-problem.ts'

test('an address that is known belongs to its field', () => {
  expect(authProblem({ status: 422, code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' }).field).toBe('email')
})

test('a failure that is not known shows nothing of the inside', () => {
  expect(authProblem({ status: 500, code: 'relation "users" does not exist' })).toEqual({
    field: null,
    message: 'Something went wrong. Please try again in a moment.',
  })
})

test('a call that never arrives is told apart from one that is refused', async () => {
  const unreachable = await attempt(() => Promise.reject(new TypeError('fetch failed')))
  const refused = await attempt(() => Promise.resolve({ error: { status: 401, code: 'INVALID_EMAIL_OR_PASSWORD' } }))
  expect(unreachable?.message).toContain('Unable to reach')
  expect(refused?.message).toBe('The e-mail address or the password is not right.')
  expect(await attempt(() => Promise.resolve({ error: null }))).toBeNull()
})
