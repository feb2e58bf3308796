import { openSql } from '@gangway/db/client'
import { expect, test } from '@playwright/test'
import { answerQuestions, look, signInAsStaff, signUp } from './pages.ts'
import { newPerson, newSlug, signUpByApi } from './people.ts'
import { staff } from './product.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Somebody saw a step, was refused there, and has not been seen for three days. */
async function stopThreeDaysAgo(email: string): Promise<void> {
  const sql = openSql({ url: process.env['E2E_SUPERUSER_URL'] ?? '', name: 'e2e-funnel' })
  await sql`
    insert into telemetry_events (id, user_id, name, step, variant, at)
    select gen_random_uuid(), u.id, e.name, 'work', 'control', now() - interval '3 days'
    from users u, unnest(array['step_viewed', 'validation_failed']) as e(name) where u.email = ${email}`
  await sql.end()
}

test('staff see how far people come, where they stop and why, and who they are', async ({ page, browser }) => {
  const { adminUrl } = staff()
  const slug = newSlug()
  const ada = await signUp(page)
  await answerQuestions(page, slug)
  // What has happened is told within a few seconds, or when the page is left.
  await page.goto('/')

  const context = await browser.newContext()
  const desk = await context.newPage()
  await signInAsStaff(desk)
  await desk.getByRole('link', { name: 'Funnel' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: 'Funnel' })).toBeVisible()
  const chart = desk.getByRole('table', { name: 'How far people come' })
  await expect(chart.getByRole('row', { name: /^Your work / })).toBeVisible()
  await expect(async () => {
    await desk.reload()
    await expect(chart.getByRole('row', { name: /^Completed the questionnaire/ })).toContainText(/[1-9]/, { timeout: 2000 })
  }).toPass()
  await look(desk, 'admin-funnel')

  await chart
    .getByRole('row', { name: /^Completed the questionnaire/ })
    .getByRole('link')
    .click()
  await expect(desk.getByRole('heading', { level: 1, name: 'Completed the questionnaire' })).toBeVisible()
  const people = desk.getByRole('table', { name: 'People' })
  await expect(people.getByRole('link', { name: ada.email })).toBeVisible()
  await look(desk, 'admin-funnel-people')
  await people.getByRole('link', { name: ada.email }).click()
  await expect(desk.getByRole('heading', { level: 1, name: ada.name })).toBeVisible()

  await desk.goto(`${adminUrl}/funnel?from=2020-01-01&to=2020-01-02`)
  await expect(desk.getByText('Nobody fits these filters')).toBeVisible()
  await look(desk, 'admin-funnel-nobody')
  await desk.getByRole('button', { name: '30 days' }).click()
  await expect(desk).toHaveURL(/from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}/)
  await expect(chart).toBeVisible()
  await context.close()
})

test('cohorts go by the day, the role or the plan; by keyboard, and on a narrow screen', async ({ page }) => {
  const { apiUrl, adminUrl } = staff()
  const person = newPerson('Grace Hopper')
  const trpc = await signUpByApi(apiUrl, person)
  const { revision } = await trpc.onboarding.get.query()
  await trpc.onboarding.save.mutate({ revision, step: 'work', patch: { role: 'support' }, mutationId: crypto.randomUUID() })
  await stopThreeDaysAgo(person.email)
  await signInAsStaff(page)
  await page.goto(`${adminUrl}/funnel?role=support`)

  const stops = page.getByRole('table', { name: 'Where people stop, and why' })
  const stopped = stops.getByRole('row', { name: /^Your work / })
  await expect(stopped.getByRole('cell').nth(2)).toHaveText(/^[1-9]/)
  const cohorts = page.getByRole('table', { name: 'Cohorts' })
  const day = new Date(Date.now() - 3 * DAY_MS).toLocaleDateString('sv-SE')
  await expect(cohorts.getByRole('row', { name: new RegExp(`^${day}`) })).toContainText('0.0%')
  await page.getByLabel('People by').selectOption('Role')
  await expect(page).toHaveURL(/by=role/)
  await expect(cohorts.getByRole('row', { name: /^Support/ })).toBeVisible()

  await page.setViewportSize({ width: 360, height: 740 })
  await expect(stopped).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await look(page, 'admin-funnel-narrow')
  await stopped.getByRole('cell').nth(2).getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Your work: blocked by validation' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'People' }).getByRole('link', { name: person.email })).toBeVisible()
  await look(page, 'admin-funnel-people-narrow')
  await page.getByRole('link', { name: 'Funnel', exact: true }).first().click()
  await expect(page).toHaveURL(/\/funnel\?role=support&by=role$/)
})
