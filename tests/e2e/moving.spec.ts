import { expect, type Page, test } from '@playwright/test'
import { look, signIn, signUp } from './pages.ts'
import { linkOf } from './mails.ts'
import { newSlug } from './people.ts'

const SAVED = /^Saved$/

async function fillProfile(page: Page): Promise<void> {
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'What do you work on?' })).toBeFocused()
}

async function fillWork(page: Page): Promise<void> {
  await page.getByLabel('Role').selectOption('Data')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'Which tools do you use today?' })).toBeFocused()
}

function stepper(page: Page) {
  return page.getByRole('navigation', { name: 'Steps' }).getByRole('listitem')
}

test('a step that is skipped is shown as skipped, also after a reload, until it is answered', async ({ page }) => {
  await signUp(page)
  await fillProfile(page)
  await expect(page.getByRole('button', { name: 'Skip this step' })).toBeHidden()
  await fillWork(page)
  await page.getByRole('button', { name: 'Skip this step' }).click()
  await expect(page.getByRole('heading', { name: 'Who should join you?' })).toBeFocused()
  const tools = stepper(page).filter({ hasText: 'Your tools' })
  await expect(tools).toContainText('Skipped')
  await page.reload()
  await expect(tools).toContainText('Skipped')
  await tools.getByRole('link').click()
  await page.getByRole('combobox', { name: 'Tools' }).fill('dbt')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'Who should join you?' })).toBeFocused()
  await expect(tools).toContainText('done')
  await expect(tools).not.toContainText('Skipped')
})

test('every page of the wizard can be left, and is the one that people come back to, here and on another device', async ({
  page,
  browser,
}) => {
  const person = await signUp(page)
  await fillProfile(page)
  for (const way of [() => fillWork(page), () => page.getByRole('button', { name: 'Skip this step' }).click()]) {
    await page.getByRole('link', { name: 'Finish later' }).click()
    await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
    await page.getByRole('link', { name: 'Continue' }).click()
    await way()
  }
  const heading = { name: 'Who should join you?' }
  await expect(page.getByRole('heading', heading)).toBeVisible()
  await page.getByLabel('E-mail of colleague 1').fill('grace@example.com')
  await expect(page.getByRole('status').filter({ hasText: SAVED })).toBeVisible()
  await page.getByRole('link', { name: 'Finish later' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()

  const device = await browser.newContext()
  const there = await device.newPage()
  await signIn(there, person)
  await there.getByRole('link', { name: 'Continue' }).click()
  await expect(there.getByRole('heading', heading)).toBeVisible()
  await expect(there.getByLabel('E-mail of colleague 1')).toHaveValue('grace@example.com')
  await device.close()
})

test('back, by the button and by the browser, keeps what was typed and undoes nothing but the position', async ({ page }) => {
  await signUp(page)
  await fillProfile(page)
  await fillWork(page)
  await page.getByRole('combobox', { name: 'Tools' }).fill('Airflow')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Back', exact: true }).click()
  await expect(page.getByLabel('Role')).toHaveValue('data')
  await page.goBack()
  await expect(page.getByText('Airflow', { exact: true })).toBeVisible()
  await page.goBack()
  await page.goBack()
  await expect(page.getByLabel('Full name')).toHaveValue('Ada Lovelace')
  for (const done of ['Your profile', /Your work(?!space)/])
    await expect(stepper(page).filter({ hasText: done })).toContainText('done')
  await page.goto('/o/workspace')
  await expect(page).toHaveURL(/\/o\/tools$/)
})

test('finishing with an answer that was taken back leads to it: all is shown, and the summary has the focus', async ({
  page,
}) => {
  await signUp(page)
  await fillProfile(page)
  await fillWork(page)
  for (let step = 3; step <= 5; step++) await page.getByRole('button', { name: 'Skip this step' }).click()
  await expect(page.getByRole('heading', { name: 'Where will your team work?' })).toBeFocused()
  await stepper(page).filter({ hasText: 'Your profile' }).getByRole('link').click()
  await page.getByRole('textbox', { name: 'Company' }).fill('')
  await stepper(page)
    .filter({ hasText: /Your work(?!space)/ })
    .getByRole('link')
    .click()
  await page.getByLabel('Role').selectOption('')
  await expect(page.getByRole('status').filter({ hasText: SAVED })).toBeVisible()
  await stepper(page).filter({ hasText: 'Your workspace' }).getByRole('link').click()
  const slug = newSlug()
  await page.getByRole('textbox', { name: 'Slug' }).fill(slug)
  await expect(page.getByText(`${slug} is available.`)).toBeVisible()
  await page.getByRole('button', { name: 'Finish' }).click()

  await expect(page).toHaveURL(/\/o\/profile$/)
  const summary = page.getByRole('alert').filter({ hasText: '2 answers need your attention' })
  await expect(summary).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Company' })).toHaveAccessibleDescription(/Enter the name of your company/)
  await look(page, 'step-missing-elsewhere')
  await summary.getByRole('link', { name: /Your work/ }).click()
  await expect(page.getByRole('combobox', { name: 'Role' })).toHaveAccessibleDescription(/Choose your role/)
})

test('nobody is trapped: people who are done leave the wizard, and an address that is no step leads to the first open one', async ({
  page,
}) => {
  await signUp(page)
  await fillProfile(page)
  await page.goto('/o/no-such-step')
  await expect(page.getByRole('heading', { name: 'What do you work on?' })).toBeVisible()
  await page.goto('/settings/keys')
  await expect(page).toHaveURL(/\/settings\/keys$/)
})

test('a colleague answers one step, without an account, and the owner sees who did', async ({ page, browser }) => {
  test.slow()
  await signUp(page)
  await fillProfile(page)
  await page.getByRole('button', { name: 'Ask a colleague to answer this step' }).click()
  const dialog = page.getByRole('dialog', { name: 'Ask a colleague' })
  await dialog.getByRole('button', { name: 'Send the link' }).click()
  await expect(dialog.getByText('Enter a valid e-mail address.')).toBeVisible()
  const email = `grace.${crypto.randomUUID().slice(0, 8)}@example.com`
  await dialog.getByLabel('Their e-mail').fill(email)
  await look(page, 'hand-off-ask')
  await dialog.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('status', { name: 'Handed over' })).toContainText(`You asked ${email}`)

  const link = await linkOf(email, '/hand-off/')
  const device = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const there = await device.newPage()
  await there.goto(link)
  await expect(there.getByRole('heading', { name: 'Ada Lovelace asks for your help' })).toBeFocused()
  await expect(there.getByText('for Acme Corp')).toBeVisible()
  await look(there, 'hand-off-offered')
  await there.getByRole('button', { name: 'Start' }).click()
  await expect(there.getByText('Enter your name.')).toBeVisible()
  await there.getByLabel('Your name').fill('Grace Hopper')
  await there.getByRole('button', { name: 'Start' }).click()
  await expect(there.getByRole('heading', { name: 'What do you work on?' })).toBeFocused()
  await there.getByRole('button', { name: 'Send my answers' }).click()
  await expect(there.getByRole('alert').filter({ hasText: 'need' })).toBeFocused()
  await look(there, 'hand-off-missing')
  await there.getByLabel('Role').selectOption('Data')
  await there.getByLabel('Time zone').selectOption('Europe/Berlin')
  await there.reload()
  await expect(there.getByLabel('Role')).toHaveValue('data')
  await look(there, 'hand-off-claimed')

  // Somebody to whom the mail was passed on finds it taken.
  const another = await browser.newContext()
  const elsewhere = await another.newPage()
  await elsewhere.goto(link)
  await expect(elsewhere.getByText('has been opened in another browser')).toBeVisible()
  await another.close()

  // Meanwhile the owner answers one of the questions.
  await page.getByLabel('Role').selectOption('Sales')
  await expect(page.getByRole('status').filter({ hasText: SAVED })).toBeVisible()
  await there.getByRole('button', { name: 'Send my answers' }).click()
  const difference = there.getByRole('alert').filter({ hasText: 'has answered this meanwhile' })
  await expect(difference).toContainText('Role: Sales')
  await look(there, 'hand-off-difference')
  await difference.getByRole('button', { name: /^Use this.*Role/ }).click()
  await expect(there.getByLabel('Role')).toHaveValue('sales')
  await there.getByRole('button', { name: 'Send my answers' }).click()
  await expect(there.getByRole('heading', { name: 'Thank you' })).toBeFocused()
  await look(there, 'hand-off-answered')
  await device.close()

  await page.reload()
  await expect(page.getByRole('status', { name: 'Handed over' })).toContainText(`Answered by Grace Hopper (${email}).`)
  await expect(stepper(page).filter({ hasText: /Your work(?!space)/ })).toContainText('done')
  await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Berlin')
})

test('a link that was taken back opens nothing', async ({ page, browser }) => {
  await signUp(page)
  await fillProfile(page)
  await page.getByRole('button', { name: 'Ask a colleague to answer this step' }).click()
  const email = `grace.${crypto.randomUUID().slice(0, 8)}@example.com`
  await page.getByLabel('Their e-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  const link = await linkOf(email, '/hand-off/')
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByRole('button', { name: 'Ask a colleague to answer this step' })).toBeVisible()
  const device = await browser.newContext()
  const there = await device.newPage()
  await there.goto(link)
  await expect(there.getByRole('heading', { name: 'This link does not work' })).toBeFocused()
  await look(there, 'hand-off-gone')
  await device.close()
})
