import { expect, test } from '@playwright/test'
import { openSql } from '@gangway/db/client'
import { z } from 'zod'
import { answerQuestions, signUp } from './pages.ts'
import { newSlug } from './people.ts'
import { type RealProviders, startWithRealProviders } from './real-providers.ts'

let real: RealProviders
test.beforeAll(async () => {
  test.setTimeout(180_000)
  real = await startWithRealProviders()
})
test.afterAll(() => real.stop())

test('from sign-up to the key with Stripe, BigQuery and Cloud KMS, and one reply lost in each stage', async ({ browser }) => {
  test.setTimeout(180_000)
  const { product, proxy, stripe, bigQuery, kms, rootKey } = real
  const bootstrapped = await fetch(`${product.urls.api}/api/v1/admin/bootstrap`, {
    method: 'POST',
    headers: { 'x-ca-root-key': rootKey, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(await bootstrapped.json()).toMatchObject({ status: 'SYNCED' })

  const page = await browser.newPage({ baseURL: product.urls.web })
  const slug = newSlug()
  await signUp(page)
  await answerQuestions(page, slug)
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(page.getByRole('heading', { name: 'Payment' })).toBeVisible()

  await stripe.fail({ kind: 'lose-reply', match: '^GET /v1/checkout/sessions/' })
  const cut = proxy.arm({ nth: 1, purpose: 'create_organization', when: 'after' })
  await bigQuery.fail({ kind: 'lose-reply', match: '^POST .*/datasets$' })
  await kms.fail({ kind: 'lose-reply', match: ':encrypt$' })
  // The first load is the third stage's validation row; the last stage begins with the second.
  await bigQuery.fail({ kind: 'delay', match: '^POST /upload/' })
  await bigQuery.fail({ kind: 'lose-reply', match: '^POST /upload/' })

  await page.getByRole('button', { name: 'Pay', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Welcome aboard!' })).toBeVisible({ timeout: 120_000 })
  await expect(page.getByRole('textbox', { name: 'API key' })).toHaveValue(/^gw_live_[0-9A-Za-z]{36}$/)
  await cut
  const checkoutSessionId = new URL(page.url()).searchParams.get('session_id') ?? ''
  expect(await tenantOf(checkoutSessionId)).toEqual({ runs: 1, organizations: 1, keys: 1, subscriptions: 1 })
  expect(await datasetsOf(slug)).toBe(1)
  await page.close()
})

/** What Postgres knows of a checkout. */
async function tenantOf(checkoutSessionId: string) {
  const sql = openSql({ url: real.superuserUrl, name: 'e2e-look' })
  const [counts] = await sql<{ runs: number; organizations: number; keys: number; subscriptions: number }[]>`
    select count(*)::int as runs,
           (select count(*)::int from organizations o where o.run_id = r.id and status = 'onboarded') as organizations,
           (select count(*)::int from api_keys k where k.run_id = r.id and revoked_at is null) as keys,
           (select count(*)::int from subscriptions s where s.checkout_session_id = r.checkout_session_id) as subscriptions
    from onboarding_runs r where checkout_session_id = ${checkoutSessionId} group by r.id`
  await sql.end()
  return counts
}

const datasetsSchema = z.object({ datasets: z.array(z.object({ id: z.string() })) })

/** How many datasets BigQuery has for a slug. */
async function datasetsOf(slug: string): Promise<number> {
  const response = await fetch(`${real.bigQuery.url}/bigquery/v2/projects/gangway-fake/datasets`)
  const { datasets } = datasetsSchema.parse(await response.json())
  return datasets.filter(({ id }) => id.includes(slug)).length
}
