import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { newPerson, PASSWORD, type Person } from './people.ts'
import { staff } from './product.ts'

/** Where pictures of the pages go: the artefacts, or the documents' folder when they are to be renewed. */
const PICTURES = process.env['PICTURES_DIR'] ?? 'test-results/pages'

/** A picture of the page in light and dark, and no violation that axe can find in either. */
export async function look(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: path.join(PICTURES, `${name}-${scheme}.png`), fullPage: true })
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    expect(
      violations.map(({ id, nodes }) => `${name} ${scheme}: ${id} at ${nodes.map((node) => node.target).join(', ')}`),
    ).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Creates an account in the browser; the home page is open afterwards. */
export async function signUp(page: Page, person: Person = newPerson()): Promise<Person> {
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill(person.name)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
  return person
}

export async function signIn(page: Page, { email }: Person): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
}

/** Next says what is missing while it is off; Playwright would wait until it is on. */
export async function pressWhileOff(page: Page): Promise<void> {
  const next = page.getByRole('button', { name: 'Next' })
  await expect(next).toHaveAttribute('aria-disabled', 'true')
  await next.click({ force: true })
}

/** The first admin signs in; the staff app is open afterwards. */
export async function signInAsStaff(page: Page): Promise<void> {
  const { adminUrl, email, password } = staff()
  await page.goto(adminUrl)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('table', { name: 'Answers' }).or(page.getByText('No answers yet'))).toBeVisible()
}

/** From the account to the plan page, through all six steps; `onPage` is called on each page that is worth a look. */
export async function answerQuestions(
  page: Page,
  slug: string,
  onPage: (name: string) => Promise<void> = async () => {},
): Promise<void> {
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page).toHaveTitle(/^Step 1 of 6: Your profile/)
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'What do you work on?' })).toBeFocused()
  await page.getByLabel('Role').selectOption('Data')
  await page.getByLabel('Cost reporting').check()
  await onPage('wizard')
  await page.getByRole('button', { name: 'Next' }).click()
  for (const heading of ['Which tools do you use today?', 'Who should join you?', 'How do you like it?']) {
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await page.getByRole('button', { name: 'Skip this step' }).click()
  }
  await page.getByLabel('Workspace name').fill('Acme Data')
  await page.getByRole('textbox', { name: 'Slug' }).fill(slug)
  await expect(page.getByText(`${slug} is available.`)).toBeVisible()
  await page.getByRole('button', { name: 'Finish' }).click()

  await expect(page.getByRole('heading', { name: 'Choose your plan' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Slug' })).toHaveValue(slug)
  await expect(page.getByText(`${slug} is available.`)).toBeVisible()
  await onPage('plan')
}

/** From the plan page to the checkout; answers the checkout session's id. */
export async function choosePlan(page: Page, slug: string): Promise<string> {
  await page.goto('/plan')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('textbox', { name: 'Slug' }).fill(slug)
  await expect(page.getByText(`${slug} is available.`)).toBeVisible()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible()
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** Pays on the sandbox's page, with a webhook that never comes unless told otherwise. */
export async function pay(page: Page, delivery = 'Never'): Promise<void> {
  await page.getByRole('radio', { name: delivery }).check()
  await page.getByRole('button', { name: /^Pay / }).click()
  await page.waitForURL('**/onboarding/success**')
}
