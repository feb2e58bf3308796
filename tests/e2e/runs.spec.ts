import { expect, test } from '@playwright/test'
import { takeSlug, tenantOf } from './hold.ts'
import { look, signInAsStaff } from './pages.ts'
import { newPerson, newSlug, signUpByApi } from './people.ts'
import { staff } from './product.ts'

test('staff see why a run failed, cancel it, roll it back, and the payment is given back', async ({ page }) => {
  const { apiUrl, adminUrl } = staff()
  const slug = newSlug()
  const customer = await signUpByApi(apiUrl, newPerson())
  const { checkoutSessionId } = await customer.checkout.create.mutate({ plan: 'SCALE', slug, companyName: 'Acme Corp' })
  await customer.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  await takeSlug(slug)
  await customer.provisioning.start.mutate({ checkoutSessionId })
  await expect.poll(async () => (await customer.provisioning.get.query({ checkoutSessionId })).state).toBe('failed')

  await signInAsStaff(page)
  await page.goto(`${adminUrl}/runs`)
  await page.getByRole('searchbox', { name: 'Search' }).fill(slug)
  await page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: slug }).click()
  await expect(page.getByRole('heading', { level: 1, name: slug })).toBeVisible()
  await expect(page.getByRole('region', { name: 'What the customer sees' })).toContainText('This name is already taken.')
  await expect(page.getByRole('region', { name: 'Root cause' })).toContainText('organizations_slug')
  await look(page, 'admin-run')

  await page.getByRole('button', { name: 'Cancel…' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('The customer changed their mind.')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click()
  await expect(page.getByRole('status', { name: 'State' })).toContainText('Cancelled')

  await page.getByRole('button', { name: 'Roll back and refund…' }).click()
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: `Type ${slug} to go on` })
    .fill(slug)
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back and refund' }).click()
  await expect(page.getByRole('status', { name: 'State' })).toContainText('Rolled back')
  expect(await tenantOf(checkoutSessionId)).toMatchObject({ runs: 1, organizations: 0, keys: 0, datasets: 0, refunds: 1 })
})
