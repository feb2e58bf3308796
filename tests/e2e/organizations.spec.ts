import { expect, test } from '@playwright/test'
import { damageTenant } from './hold.ts'
import { look, signInAsStaff } from './pages.ts'
import { newPerson, newSlug, signUpByApi } from './people.ts'
import { staff } from './product.ts'

test('staff see what an organization lacks, and repair it', async ({ page }) => {
  const { apiUrl, adminUrl } = staff()
  const slug = newSlug()
  const customer = await signUpByApi(apiUrl, newPerson())
  const { checkoutSessionId } = await customer.checkout.create.mutate({ plan: 'STARTER', slug, companyName: 'Acme Corp' })
  await customer.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  await customer.provisioning.start.mutate({ checkoutSessionId })
  await expect.poll(async () => (await customer.provisioning.get.query({ checkoutSessionId })).state).toBe('succeeded')
  await damageTenant(slug)

  await signInAsStaff(page)
  await page.getByRole('link', { name: 'Organizations' }).click()
  // Not in the search of the page before.
  await expect(page.getByRole('heading', { name: 'Organizations', level: 1 })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search' }).fill(slug)
  const table = page.getByRole('table', { name: 'Organizations' })
  await expect(page.getByText('1 organization', { exact: true })).toBeVisible()
  await expect(table.getByText('Not examined yet')).toBeVisible()
  await page.getByRole('button', { name: 'Examine all' }).click()
  await expect(table.getByText('Differs')).toBeVisible()
  await look(page, 'admin-organizations')

  await table.getByRole('link', { name: slug }).click()
  const drawer = page.getByRole('dialog', { name: 'Acme Corp' })
  const findings = drawer.getByRole('list', { name: 'What differs from the plan' })
  await expect(findings.getByRole('listitem')).toHaveText([/^Table is missing/, /^API key is missing, or works no more/])
  await look(page, 'admin-organization')
  await drawer.getByRole('button', { name: 'Repair' }).click()
  await expect(drawer.getByRole('status')).toContainText('Healthy')
  await expect(drawer.getByRole('list', { name: 'Repaired just now' }).getByRole('listitem')).toHaveCount(2)
  await look(page, 'admin-organization-repaired')
  await drawer.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Repair all' }).click()
  await look(page, 'admin-repair-all')
  await page.getByRole('dialog').getByRole('button', { name: 'Repair all' }).click()
  await expect(page.getByRole('status')).toContainText('could not be examined')

  await page.goto(`${adminUrl}/organizations?health=unknown&text=${slug}`)
  await expect(page.getByText('No organizations fit these filters')).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`${adminUrl}/organizations?text=${slug}`)
  await expect(table.getByText('Healthy')).toBeVisible()
  await look(page, 'admin-organizations-narrow')
})
