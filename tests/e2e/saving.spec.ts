import { expect, test } from '@playwright/test'
import { PASSWORD } from './people.ts'
import { look, signUp } from './pages.ts'
import { expectSaved, failedSave, SAVE_CALLS, savedBy, withoutBackgroundSync } from './saves.ts'

test('a session that ends in the middle of typing: after signing in, the same field, with the text in it', async ({
  page,
  context,
}) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expectSaved(page)
  await context.clearCookies()
  await page.getByLabel('Job title').pressSequentially('Analyst of the engine')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/o\/profile$/)
  await expect(page.getByLabel('Job title')).toBeFocused()
  await expect(page.getByLabel('Job title')).toHaveValue('Analyst of the engine')
  await expectSaved(page)
  await expect
    .poll(async () => (await savedBy(person.email))?.answers['profile'])
    .toEqual({ fullName: 'Ada Lovelace', jobTitle: 'Analyst of the engine' })
})

test('a session that ends while boxes are checked: after signing in, the same question', async ({ page, context }) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Role').selectOption('Data')
  await expectSaved(page)
  await context.clearCookies()
  await page.getByLabel('Analytics').check()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('group', { name: 'Functions' }).getByRole('checkbox').first()).toBeFocused()
  await expect(page.getByLabel('Analytics')).toBeChecked()
})

test('a server that answers 503 five times and then works: it is saved, once, and said so', async ({ page }) => {
  await withoutBackgroundSync(page)
  const person = await signUp(page)
  await page.goto('/o/profile')
  const ids: string[] = []
  await page.route(SAVE_CALLS, async (route) => {
    const body: Record<string, { json: { mutationId: string } }> = route.request().postDataJSON()
    ids.push(body['0']?.json.mutationId ?? '')
    if (ids.length > 5) return route.continue()
    return route.fulfill({
      ...failedSave(503, { code: 'SERVICE_UNAVAILABLE', message: 'We are busy right now.', retry: 'transient' }),
      headers: { 'access-control-allow-origin': new URL(page.url()).origin, 'access-control-allow-credentials': 'true' },
    })
  })
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expect(page.getByText('Not saved yet: trying again')).toBeVisible()
  await expect(page.getByText('Saved on this device only')).toBeVisible()
  await expect(page.getByRole('status', { name: 'Saving' })).toHaveText('Saved on this device')
  await look(page, 'saved-on-this-device')
  await expect(page.getByText('Everything you typed has reached our servers.')).toBeVisible({ timeout: 40_000 })
  await expectSaved(page)
  expect(ids).toHaveLength(6)
  expect(new Set(ids).size).toBe(1)
  expect(await savedBy(person.email)).toMatchObject({ answers: { profile: { fullName: 'Ada Lovelace' } }, saves: 1 })
})

test('a save that was cut off by a reload is sent again under its mutation id, and stored once', async ({ page }) => {
  await withoutBackgroundSync(page)
  const person = await signUp(page)
  await page.goto('/o/profile')
  const ids: string[] = []
  let arrived = () => {}
  const hasArrived = new Promise<void>((resolve) => (arrived = resolve))
  await page.route(SAVE_CALLS, async (route) => {
    const body: Record<string, { json: { mutationId: string } }> = route.request().postDataJSON()
    ids.push(body['0']?.json.mutationId ?? '')
    if (ids.length > 1) return route.continue()
    // The server does the work, and its answer never comes.
    await route.fetch()
    arrived()
  })
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await hasArrived
  await page.reload()
  await expect(page.getByLabel('Full name')).toHaveValue('Ada Lovelace')
  await expect.poll(() => ids.length).toBe(2)
  await expectSaved(page)
  expect(new Set(ids).size).toBe(1)
  expect(await savedBy(person.email)).toMatchObject({ revision: 1, saves: 1 })
})

test('whoever goes elsewhere while a step is being saved is not fetched back from there', async ({ page }) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByLabel('Company').fill('Acme Corp')
  await expectSaved(page)
  let letGo = () => {}
  const gone = new Promise<void>((resolve) => (letGo = resolve))
  await page.route(SAVE_CALLS, async (route) => {
    await gone
    await route.continue()
  })
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('link', { name: 'Finish later' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
  letGo()
  await expect.poll(async () => (await savedBy(person.email))?.completed).toEqual(['profile'])
  await page.waitForTimeout(500)
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible()
})
