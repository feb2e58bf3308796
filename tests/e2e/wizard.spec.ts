import { expect, test } from '@playwright/test'
import { signIn, signUp } from './pages.ts'

test('answers are there after a reload and on another device, at the same step', async ({ page, browser }) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Role').selectOption('Design')
  await page.getByLabel('Analytics').check()
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Role')).toHaveValue('design')
  await expect(page.getByLabel('Analytics')).toBeChecked()

  const phone = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const there = await phone.newPage()
  await signIn(there, person)
  await there.getByRole('link', { name: 'Continue' }).click()
  await expect(there.getByRole('heading', { name: 'What do you work on?' })).toBeVisible()
  await expect(there.getByLabel('Role')).toHaveValue('design')
  const overflow = await there.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  expect(overflow).toBe(false)
  await there.screenshot({ path: 'test-results/pages/wizard-360.png', fullPage: true })
  await phone.close()
})

test('a later step is reached by way of the first one that is not done, and nobody is locked in', async ({ page }) => {
  await signUp(page)
  await page.goto('/o/workspace')
  await expect(page).toHaveURL(/\/o\/profile$/)
  await page.getByRole('link', { name: 'Finish later' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
  await page.goto('/plan')
  await expect(page.getByRole('heading', { name: 'Choose your plan' })).toBeVisible()
})

test('going back keeps what was typed', async ({ page }) => {
  await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Role').selectOption('Sales')
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(page.getByLabel('Full name')).toHaveValue('Ada Lovelace')
  await page.goBack()
  await expect(page.getByLabel('Role')).toHaveValue('sales')
})

test('the same field changed on two devices: the page asks, and keeps what was typed', async ({ page, browser }) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Company').fill('Acme')
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()

  // What is typed here is on its way while somebody types there, as on a slow line.
  let letGo = () => {}
  const gone = new Promise<void>((resolve) => (letGo = resolve))
  await page.route('**/trpc/onboarding.save**', async (route) => {
    await gone
    await route.continue()
  })
  await page.getByLabel('Company').fill('Acme Corp')

  const device = await browser.newContext()
  const other = await device.newPage()
  await signIn(other, person)
  await other.goto('/o/profile')
  await expect(other.getByLabel('Company')).toHaveValue('Acme')
  await other.getByLabel('Company').fill('Acme Holding')
  await other.getByLabel('Job title').fill('Engineer')
  await expect(other.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
  await device.close()

  letGo()
  const conflict = page.getByRole('alert').filter({ hasText: 'Changed in two places' })
  await expect(conflict).toContainText('Acme Corp')
  await expect(conflict).toContainText('Acme Holding')
  await expect(page.getByRole('textbox', { name: 'Company' })).toHaveValue('Acme Corp')
  await expect(page.getByLabel('Job title')).toHaveValue('Engineer')
  await conflict.getByRole('button', { name: 'Keep mine' }).click()
  await expect(conflict).toBeHidden()
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Company')).toHaveValue('Acme Corp')
})

test('signing out leaves nothing behind for the next person', async ({ page }) => {
  await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Secret Name')
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  expect(
    await page.evaluate(() => JSON.stringify([localStorage, sessionStorage].flatMap((storage) => Object.values(storage)))),
  ).not.toContain('Secret Name')
  await signUp(page)
  await page.goto('/o/profile')
  await expect(page.getByLabel('Full name')).not.toHaveValue('Secret Name')
})
