import type { AppRouter } from '@gangway/api/router'
import { openSql } from '@gangway/db/client'
import { expect } from '@playwright/test'
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client'
import superjson from 'superjson'

export const PASSWORD = 'a long enough password'

export interface Person {
  name: string
  email: string
}

/** Somebody whom no other test knows. */
export function newPerson(name = 'Ada Lovelace'): Person {
  return { name, email: `${name.split(' ')[0]?.toLowerCase()}.${crypto.randomUUID().slice(0, 8)}@example.com` }
}

/** A slug that no other test has. */
export function newSlug(): string {
  return `acme_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
}

/** Signs somebody up without a browser, for what a test does not look at. */
export function signUpByApi(apiUrl: string, person: Person): Promise<TRPCClient<AppRouter>> {
  return authenticate(apiUrl, 'sign-up', { ...person, password: PASSWORD })
}

export function signInByApi(apiUrl: string, email: string, password = PASSWORD): Promise<TRPCClient<AppRouter>> {
  return authenticate(apiUrl, 'sign-in', { email, password })
}

async function authenticate(apiUrl: string, way: 'sign-up' | 'sign-in', body: object): Promise<TRPCClient<AppRouter>> {
  const response = await fetch(`${apiUrl}/api/auth/${way}/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: apiUrl },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${way} answered ${response.status}: ${await response.text()}`)
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return clientFor(apiUrl, cookie.join('; '))
}

/** All required steps, without a browser, until the worker has counted the answers and staff can find them. */
export async function completeQuestionnaire(
  trpc: TRPCClient<AppRouter>,
  { fullName, role }: { fullName: string; role: string },
): Promise<void> {
  let { revision } = await trpc.onboarding.get.query()
  const steps = [
    ['profile', { fullName, companyName: 'Acme Corp' }],
    ['work', { role, timezone: 'Europe/Berlin' }],
    ['workspace', { mode: 'create', name: 'Acme', slug: newSlug() }],
  ] as const
  for (const [step, patch] of steps) {
    const mutationId = crypto.randomUUID()
    ;({ revision } = await trpc.onboarding.save.mutate({ revision, step, patch, mutationId, advance: 'complete' }))
  }
  const { id } = await trpc.onboarding.complete.mutate({ revision, mutationId: crypto.randomUUID() })
  const sql = openSql({ url: process.env['E2E_SUPERUSER_URL'] ?? '', name: 'e2e-people' })
  const snapshots = () => sql`select from onboarding_answer_snapshots where session_id = ${id}`
  try {
    await expect.poll(async () => (await snapshots()).length).toBe(1)
  } finally {
    await sql.end()
  }
}

function clientFor(apiUrl: string, cookie: string): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${apiUrl}/trpc`, transformer: superjson, headers: { cookie } })],
  })
}
