import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { testApi } from '../testing/api.ts'

const api = await testApi()
const { sql } = api.database

test('a session that is ended behind our back is not honoured any more', async () => {
  const { trpc, email } = await api.signUp()
  await trpc.onboarding.get.query()
  await sql`delete from sessions using users where users.id = user_id and email = ${email}`
  const status = () =>
    trpc.onboarding.get.query().then(
      () => 200,
      (error: unknown) => (error instanceof TRPCClientError ? error.data.httpStatus : error),
    )
  // Sooner than what is remembered would be forgotten by itself.
  await expect.poll(status, { timeout: 2000 }).toBe(401)
})

test('a role that is taken away is gone at once', async () => {
  const { trpc, email } = await api.signUp()
  await sql`update users set role = 'admin' where email = ${email}`
  await expect.poll(() => trpc.account.me.query().then((viewer) => viewer?.role), { timeout: 2000 }).toBe('admin')
  await sql`update users set role = 'customer' where email = ${email}`
  await expect.poll(() => trpc.account.me.query().then((viewer) => viewer?.role), { timeout: 2000 }).toBe('customer')
})

test('signing out holds for the very next call', async () => {
  const { trpc, cookie } = await api.signUp()
  await trpc.onboarding.get.query()
  const response = await fetch(`${api.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie, origin: api.url, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(response.status).toBe(200)
  await expect(trpc.onboarding.get.query()).rejects.toThrow('sign in')
})
