import { type Browser, expect, type Page, test } from '@playwright/test'
import { look, signIn, signUp } from './pages.ts'
import type { Person } from './people.ts'
import { expectSaved, savedBy } from './saves.ts'

/** The same person at another device, where the profile is open. */
async function atAnotherDevice(browser: Browser, person: Person): Promise<Page> {
  const other = await (await browser.newContext()).newPage()
  await signIn(other, person)
  await other.goto('/o/profile')
  await expect(other.getByLabel('Full name')).toHaveValue('Ada')
  return other
}

test('two devices change different fields of one step: both are kept, and nobody is asked', async ({
  page,
  context,
  browser,
}) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada')
  await expectSaved(page)
  const other = await atAnotherDevice(browser, person)

  await context.setOffline(true)
  await page.getByLabel('Job title').fill('Analyst')
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('1 change waits')
  await other.getByLabel('Company').fill('Acme Corp')
  await expectSaved(other)
  await context.setOffline(false)

  await expectSaved(page)
  await expect(page.getByRole('textbox', { name: 'Company' })).toHaveValue('Acme Corp')
  await expect(page.getByRole('alert').filter({ hasText: 'Changed in two places' })).toBeHidden()
  const saved = { fullName: 'Ada', jobTitle: 'Analyst', companyName: 'Acme Corp' }
  await expect.poll(async () => (await savedBy(person.email))?.answers['profile']).toEqual(saved)
  await other.context().close()
})

test('two devices change the same field: both texts are shown side by side, and the keyboard is enough to choose', async ({
  page,
  context,
  browser,
}) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada')
  await expectSaved(page)
  const other = await atAnotherDevice(browser, person)

  await context.setOffline(true)
  await page.getByLabel('Company').fill('Analytical Engines')
  await page.getByLabel('Job title').fill('Analyst')
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('1 change waits')
  await other.getByLabel('Company').fill('Difference Engines')
  await other.getByLabel('Job title').fill('Author')
  await expectSaved(other)
  await context.setOffline(false)

  const conflict = page.getByRole('alert').filter({ hasText: 'Changed in two places' })
  for (const text of ['Analytical Engines', 'Difference Engines', 'Analyst', 'Author']) await expect(conflict).toContainText(text)
  await expect(page.getByRole('textbox', { name: 'Company' })).toHaveValue('Analytical Engines')
  await look(page, 'conflict')
  await page.setViewportSize({ width: 360, height: 740 })
  await look(page, 'conflict-360')
  await page.setViewportSize({ width: 1280, height: 720 })

  // Whoever wants to go on is led to what there is to choose.
  await page.getByRole('textbox', { name: 'Company' }).press('Enter')
  await expect(conflict.getByRole('button', { name: 'Keep mine: Company' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(conflict.getByRole('button', { name: 'Use theirs: Company' })).toBeFocused()
  await page.keyboard.press('Enter')
  // The focus is at what is left to be settled, not at the beginning of the page.
  await expect(conflict.getByRole('button', { name: 'Keep mine: Job title' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(conflict).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Company' })).toHaveValue('Difference Engines')
  await expectSaved(page)
  await expect
    .poll(async () => (await savedBy(person.email))?.answers['profile'])
    .toEqual({ fullName: 'Ada', companyName: 'Difference Engines', jobTitle: 'Analyst' })
  await other.context().close()
})

test('what another device saved is there as soon as this page is looked at again', async ({ page, browser }) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada')
  await expectSaved(page)
  const other = await atAnotherDevice(browser, person)
  await other.getByLabel('Company').fill('Acme Corp')
  await expectSaved(other)
  // An answer of the server counts as fresh for 5 s.
  await page.waitForTimeout(5500)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByLabel('Company')).toHaveValue('Acme Corp')
  await other.context().close()
})
