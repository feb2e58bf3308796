import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { look, signIn, signUp } from './pages.ts'
import { completeQuestionnaire, type Person, signInByApi } from './people.ts'
import { expectSaved, failedSave, keptForOffline, keptInBrowser, SAVE_CALLS, savedBy, withoutBackgroundSync } from './saves.ts'

async function answerProfile(page: Page): Promise<void> {
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'What do you work on?' })).toBeVisible()
}

/** Somebody whose name is saved, and who typed their job title when there was no network any more. */
async function goOffline(page: Page, jobTitle: string): Promise<Person> {
  await withoutBackgroundSync(page)
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expectSaved(page)
  await page.context().setOffline(true)
  await page.getByLabel('Job title').fill(jobTitle)
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('1 change waits')
  return person
}

test('three steps that are filled in offline reach the server after the browser was closed and opened, each save once', async ({
  playwright,
  baseURL,
}) => {
  test.setTimeout(120_000)
  const folder = mkdtempSync(path.join(tmpdir(), 'gangway-e2e-browser-'))
  const open = () =>
    playwright.chromium.launchPersistentContext(folder, {
      executablePath: process.env['CHROMIUM_PATH'],
      chromiumSandbox: false,
      args: ['--disable-dev-shm-usage'],
      baseURL,
    })
  try {
    const first = await open()
    const page = first.pages()[0] ?? (await first.newPage())
    const person = await signUp(page)
    await answerProfile(page)
    await keptForOffline(page)
    const before = await savedBy(person.email)

    await first.setOffline(true)
    await page.getByLabel('Role').selectOption('Data')
    await page.getByLabel('Cost reporting').check()
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByRole('heading', { name: 'Which tools do you use today?' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Tools' }).fill('dbt')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByRole('heading', { name: 'Who should join you?' })).toBeVisible()
    await page.getByRole('button', { name: 'Skip this step' }).click()
    await expect(page.getByRole('heading', { name: 'How do you like it?' })).toBeVisible()
    await page.getByLabel('Weekly digest').check()
    const banner = page.getByRole('status', { name: 'Connection' })
    await expect(banner).toContainText('Offline: your answers are saved on this device.')
    await expect(banner).toContainText('4 changes wait to be sent.')
    expect((await savedBy(person.email))?.revision).toBe(before?.revision)
    await first.close()

    const second = await open()
    const again = second.pages()[0] ?? (await second.newPage())
    const sent: string[] = []
    again.on('request', (request) => {
      if (request.url().includes('/trpc/onboarding.save')) sent.push(request.postData() ?? '')
    })
    await again.goto('/o/work')
    await expect.poll(async () => (await savedBy(person.email))?.answers['preferences']).toMatchObject({ weeklyDigest: true })
    const after = await savedBy(person.email)
    expect(after?.answers).toMatchObject({
      work: { role: 'data', functions: ['cost_reporting'] },
      tools: { tools: ['dbt'] },
      preferences: { weeklyDigest: true },
    })
    expect(after?.completed).toEqual(['profile', 'work', 'tools'])
    expect((after?.saves ?? 0) - (before?.saves ?? 0)).toBe(4)
    expect(after?.saves).toBe(after?.revision)
    expect(new Set(sent).size).toBe(sent.length)
    await expect(again.getByLabel('Role')).toHaveValue('data')
    await expect(again.getByRole('status', { name: 'Connection' })).toHaveText('')
    await second.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the wizard opens without a network once it was visited, and other pages say that they need one', async ({
  page,
  context,
}) => {
  const person = await signUp(page)
  await answerProfile(page)
  await keptForOffline(page)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByLabel('Role')).toBeVisible()
  await page.getByLabel('Role').selectOption('Design')
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('1 change waits')
  await look(page, 'offline')
  await page.setViewportSize({ width: 360, height: 740 })
  await look(page, 'offline-360')
  await page.goto('/o/profile')
  await expect(page.getByLabel('Full name')).toHaveValue('Ada Lovelace')
  await page.goto('/plan')
  await expect(page.getByRole('heading', { name: 'You are offline' })).toBeVisible()
  // Where the browser has lost what it was asked, the built-in questions stand in.
  await page.goto('/o/profile')
  await page.evaluate(() => localStorage.removeItem('gangway.manifest'))
  await page.reload()
  await expect(page.getByLabel('Full name')).toHaveValue('Ada Lovelace')
  await context.setOffline(false)
  await page.goto('/o/work')
  await expect(page.getByLabel('Role')).toHaveValue('design')
  await expect.poll(async () => (await savedBy(person.email))?.answers['work']).toMatchObject({ role: 'design' })
})

test('typing goes on while the server is asked again after a visit that began without a network', async ({ page, context }) => {
  await withoutBackgroundSync(page)
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expectSaved(page)
  await keptForOffline(page)
  await context.setOffline(true)
  await page.reload()
  await page.getByLabel('Job title').focus()
  const answered = Promise.withResolvers<void>()
  await page.route(/onboarding\.get/, async (route) => {
    await answered.promise
    await route.continue()
  })
  const asked = page.waitForRequest(/onboarding\.get/)
  await context.setOffline(false)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await asked
  await page.keyboard.type('Countess', { delay: 50 })
  await expect(page.getByLabel('Job title')).toHaveValue('Countess')
  answered.resolve()
  await expect
    .poll(async () => (await savedBy(person.email))?.answers['profile'])
    .toEqual({ fullName: 'Ada Lovelace', jobTitle: 'Countess' })
  await expect(page.getByLabel('Job title')).toBeFocused()
})

test('what the server refuses for good leaves the queue and is shown with its text, and is not sent again', async ({
  page,
  context,
}) => {
  const person = await goOffline(page, 'Countess of the engine')

  let calls = 0
  await page.route(SAVE_CALLS, async (route) => {
    calls += 1
    await route.fulfill({
      ...failedSave(422, { code: 'ANSWERS_INVALID', message: 'This answer cannot be used.', retry: 'customer' }),
      headers: { 'access-control-allow-origin': new URL(page.url()).origin, 'access-control-allow-credentials': 'true' },
    })
  })
  await context.setOffline(false)
  const panel = page.getByRole('alert').filter({ hasText: 'could not be saved' })
  await expect(panel).toContainText('Countess of the engine')
  await expect(panel).toContainText('This answer cannot be used.')
  await look(page, 'refused')
  await page.setViewportSize({ width: 360, height: 740 })
  await look(page, 'refused-360')
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.reload()
  await expect(panel).toContainText('Countess of the engine')
  await page.waitForTimeout(3000)
  expect(calls).toBe(1)

  await page.unroute(SAVE_CALLS)
  await panel.getByRole('button', { name: 'Edit' }).click()
  await expect(page.getByLabel('Job title')).toBeFocused()
  await expect(page.getByLabel('Job title')).toHaveValue('Countess of the engine')
  await page.getByLabel('Job title').fill('Countess')
  await expect(panel).toBeHidden()
  await expect.poll(async () => (await savedBy(person.email))?.answers['profile']).toMatchObject({ jobTitle: 'Countess' })
})

test('what was refused can be discarded', async ({ page }) => {
  await withoutBackgroundSync(page)
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Job title').fill('Analyst')
  await expectSaved(page)
  await page.route(SAVE_CALLS, (route) =>
    route.fulfill({
      ...failedSave(403, { code: 'FORBIDDEN', message: 'You may not do this.', retry: 'never' }),
      headers: { 'access-control-allow-origin': new URL(page.url()).origin, 'access-control-allow-credentials': 'true' },
    }),
  )
  await page.getByLabel('Job title').fill('Countess')
  const panel = page.getByRole('alert').filter({ hasText: 'could not be saved' })
  await panel.getByRole('button', { name: 'Discard' }).click()
  await expect(panel).toBeHidden()
  await expect(page.getByLabel('Job title')).toHaveValue('Analyst')
  expect((await savedBy(person.email))?.answers['profile']).toEqual({ jobTitle: 'Analyst' })
})

test('what waits is sent from whichever page is opened with a network', async ({ page, context }) => {
  const person = await goOffline(page, 'Analyst')
  // Away from the questions, before there is a network again.
  await page.goto('about:blank')
  await context.setOffline(false)
  await page.goto('/settings/keys')
  await expect
    .poll(async () => (await savedBy(person.email))?.answers['profile'])
    .toEqual({ fullName: 'Ada Lovelace', jobTitle: 'Analyst' })
})

test('what was typed offline and finished elsewhere meanwhile is shown with its text', async ({ page, context }) => {
  const person = await goOffline(page, 'Countess of the engine')
  const elsewhere = await signInByApi(process.env['E2E_API_URL'] ?? '', person.email)
  await completeQuestionnaire(elsewhere, { fullName: 'Ada Lovelace', role: 'data' })
  await context.setOffline(false)

  const panel = page.getByRole('alert').filter({ hasText: 'could not be saved' })
  await expect(panel).toContainText('Countess of the engine')
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
  await expect(panel).toContainText('Countess of the engine')
  await look(page, 'refused-when-done')
  await expect(panel.getByRole('button', { name: 'Edit' })).toBeHidden()
  await panel.getByRole('button', { name: 'Discard' }).click()
  await expect(panel).toBeHidden()
})

test('signing out asks first when something is unsent, and leaves nothing in the browser', async ({ page }) => {
  await withoutBackgroundSync(page)
  await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada')
  await expectSaved(page)
  await keptForOffline(page)
  await page.route(SAVE_CALLS, (route) => route.abort())
  await page.getByLabel('Job title').fill('A secret title')
  await expect(page.getByRole('status', { name: 'Saving' })).toHaveText('Saved on this device')
  expect(await keptInBrowser(page)).toContain('A secret title')

  await page.getByRole('button', { name: 'Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  const question = page.getByRole('dialog', { name: 'Some answers are not saved yet' })
  await question.getByRole('button', { name: 'Stay signed in' }).click()
  await expect(page.getByLabel('Job title')).toHaveValue('A secret title')
  await page.getByRole('button', { name: 'Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await question.getByRole('button', { name: 'Sign out anyway' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  const kept = await keptInBrowser(page)
  expect(kept).not.toContain('A secret title')
  expect(kept).not.toContain('Ada')
  expect(kept).not.toContain('gangway.pages')
})

test('whoever signs in after a session that ended does not see what the one before typed, who finds it again', async ({
  page,
  context,
}) => {
  await withoutBackgroundSync(page)
  const [first, second] = [await signUp(page), { name: 'Ada Byron', email: `byron.${crypto.randomUUID()}@example.com` }]
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada')
  await expectSaved(page)
  await page.route(SAVE_CALLS, (route) => route.abort())
  await page.getByLabel('Job title').fill('Only for me')
  await expect(page.getByRole('status', { name: 'Saving' })).toHaveText('Saved on this device')
  await context.clearCookies()
  await page.unroute(SAVE_CALLS)

  await signUp(page, second)
  await page.goto('/o/profile')
  await expect(page.getByLabel('Full name')).toHaveValue('')
  await expect(page.getByLabel('Job title')).toHaveValue('')
  await page.getByLabel('Full name').fill('Byron')
  await expectSaved(page)
  expect((await savedBy(second.email))?.answers).toEqual({ profile: { fullName: 'Byron' } })

  await context.clearCookies()
  await signIn(page, first)
  await page.goto('/o/profile')
  await expect(page.getByLabel('Job title')).toHaveValue('Only for me')
  await expect
    .poll(async () => (await savedBy(first.email))?.answers)
    .toEqual({ profile: { fullName: 'Ada', jobTitle: 'Only for me' } })
})

test('what waits is sent by the browser itself as soon as there is a network, whatever becomes of the page', async ({ page }) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await keptForOffline(page)
  // No call of the page gets through; the service worker's are its own.
  await page.route(SAVE_CALLS, (route) => route.abort())
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expect
    .poll(async () => (await savedBy(person.email))?.answers, { timeout: 30_000 })
    .toEqual({
      profile: { fullName: 'Ada Lovelace' },
    })
  await expectSaved(page)
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('')
})
