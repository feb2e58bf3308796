import { expect, test } from '@playwright/test'
import { look, signInAsStaff } from './pages.ts'
import { completeQuestionnaire, newPerson, signUpByApi } from './people.ts'
import { staff } from './product.ts'

test('staff see who answered, newest first, filter by role, and read one person’s history', async ({ page }) => {
  const { apiUrl } = staff()
  const [ada, grace] = [newPerson('Ada Lovelace'), newPerson('Grace Hopper')]
  await completeQuestionnaire(await signUpByApi(apiUrl, ada), { fullName: ada.name, role: 'data' })
  await completeQuestionnaire(await signUpByApi(apiUrl, grace), { fullName: grace.name, role: 'finance' })

  await signInAsStaff(page)
  const table = page.getByRole('table', { name: 'Answers' })
  await expect(table.getByRole('link', { name: ada.email })).toBeVisible()
  const people = await table.getByRole('link').allTextContents()
  expect(people.indexOf(grace.email)).toBeLessThan(people.indexOf(ada.email))
  await look(page, 'admin-answers')

  await page.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Finance' }).click()
  await page.keyboard.press('Escape')
  await expect(table.getByRole('link', { name: grace.email })).toBeVisible()
  await expect(table.getByRole('link', { name: ada.email })).toBeHidden()
  await expect(page).toHaveURL(/role=finance/)
  await page.reload()
  await expect(table.getByRole('link', { name: grace.email })).toBeVisible()
  await expect(table.getByRole('link', { name: ada.email })).toBeHidden()

  await table.getByRole('link', { name: grace.email }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Grace Hopper' })).toBeVisible()
  await expect(page.getByRole('article')).toContainText('Finance')
  await look(page, 'admin-person')
})

test('the staff app tells a customer that it is not for them', async ({ page }) => {
  const { apiUrl, adminUrl } = staff()
  const ada = newPerson()
  await signUpByApi(apiUrl, ada)
  await page.goto(adminUrl)
  await page.getByLabel('E-mail').fill(ada.email)
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'This app is for staff' })).toBeVisible()
})
