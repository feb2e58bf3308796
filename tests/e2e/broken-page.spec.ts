import { expect, type Page, test } from '@playwright/test'
import { look, signInAsStaff, signUp } from './pages.ts'
import { completeQuestionnaire, newPerson, signUpByApi } from './people.ts'
import { staff } from './product.ts'

/** An answer that no page can show, until it is mended. */
async function breakAnswers(page: Page, { of, text, broken }: { of: RegExp; text: string; broken: string }) {
  await page.route(of, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replace(text, broken) })
  })
  return () => page.unroute(of)
}

test('a page that broke says that nothing is lost, and its button loads it anew', async ({ page }) => {
  await signUp(page)
  const mend = await breakAnswers(page, { of: /trpc\/.*account\.me/, text: '"Ada Lovelace"', broken: '{}' })
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible()
  await expect(page.getByText('What you typed and paid for is safe.')).toBeVisible()
  await look(page, 'broken')
  await mend()
  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Try again' }).click()
  await loaded
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
})

test('a page of the staff app that broke is loaded anew by its button', async ({ page }) => {
  const { apiUrl, adminUrl } = staff()
  const ada = newPerson()
  await completeQuestionnaire(await signUpByApi(apiUrl, ada), { fullName: ada.name, role: 'data' })
  await signInAsStaff(page)
  const mend = await breakAnswers(page, { of: /trpc\/.*answers\.list/, text: '"rows":[', broken: '"rows":[null,' })
  await page.goto(`${adminUrl}/answers`)
  await expect(page.getByRole('heading', { name: 'This page broke' })).toBeVisible()
  await look(page, 'admin-broken')
  await mend()
  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Try again' }).click()
  await loaded
  await expect(page.getByRole('table', { name: 'Answers' })).toBeVisible()
})
