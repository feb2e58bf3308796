import { expect, test } from '@playwright/test'
import { linkOf } from './mails.ts'
import { look, signIn } from './pages.ts'
import { completeQuestionnaire, newPerson, newSlug, signUpByApi } from './people.ts'

test('somebody who has answered the questions before joins another organization by its invitation', async ({ page }) => {
  const apiUrl = process.env['E2E_API_URL'] ?? ''
  const [owning, invited] = [newPerson(), newPerson()]
  const owner = await signUpByApi(apiUrl, owning)
  const { revision } = await owner.onboarding.get.query()
  const patch = { invites: [{ email: invited.email, role: 'member' as const }] }
  const mutationId = crypto.randomUUID()
  await owner.onboarding.save.mutate({ revision, step: 'invites', patch, mutationId, advance: 'complete' })
  const { checkoutSessionId } = await owner.checkout.create.mutate({ plan: 'STARTER', slug: newSlug(), companyName: 'Acme Corp' })
  await owner.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  await owner.provisioning.start.mutate({ checkoutSessionId })
  await completeQuestionnaire(await signUpByApi(apiUrl, invited), { fullName: invited.name, role: 'data' })

  await signIn(page, invited)
  const { pathname } = new URL(await linkOf(invited.email, '/invite/'))
  await page.goto(pathname)
  await expect(page.getByText(`you are signed in as ${invited.email}`)).toBeVisible()
  await look(page, 'invitation')
  await page.getByRole('button', { name: 'Accept' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'You belong to Acme Corp now.' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to the home page' }).click()
  await expect(page.getByRole('heading', { name: 'Acme Corp' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Colleague joined, done' })).toBeVisible()

  await page.goto(pathname)
  await page.getByRole('button', { name: 'Accept' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not valid any more' })).toBeVisible()
})
