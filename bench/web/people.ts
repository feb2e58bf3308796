import type { Browser } from '@playwright/test'
import { newPerson, newSlug, PASSWORD } from '../../tests/e2e/people.ts'
import type { Cookies } from './visit.ts'

const STEPS = [
  ['profile', { fullName: 'Ada Lovelace', companyName: 'Acme Corp' }, 'complete'],
  ['work', { role: 'data', timezone: 'Europe/Berlin' }, 'complete'],
  ['tools', {}, 'skip'],
  ['invites', {}, 'skip'],
  ['preferences', {}, 'skip'],
  ['workspace', { mode: 'create', name: 'Acme', slug: newSlug() }, 'complete'],
] as const

/** Somebody to whom every step is open: all are answered or skipped, and nothing is finished. */
export async function signUpPerson(browser: Browser, urls: { api: string; web: string }): Promise<Cookies> {
  const context = await browser.newContext()
  const headers = { origin: urls.web }
  const post = async (path: string, data: object) => {
    const response = await context.request.post(urls.api + path, { headers, data })
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`)
  }
  await post('/api/auth/sign-up/email', { ...newPerson(), password: PASSWORD })
  for (const [revision, [step, patch, advance]] of STEPS.entries()) {
    const mutationId = crypto.randomUUID()
    await post('/trpc/onboarding.save', { json: { revision, step, patch, mutationId, advance } })
  }
  const cookies = await context.storageState()
  await context.close()
  return cookies
}
