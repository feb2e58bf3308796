import { openSql } from '@gangway/db/client'
import { expect, type Page, test } from '@playwright/test'
import { newSlug } from './people.ts'
import { answerQuestions, pressWhileOff, signUp } from './pages.ts'

interface Told {
  id: string
  name: string
  step: string | null
  props: Record<string, unknown>
}

/** What the server knows of somebody, in the order in which it happened. */
async function toldOf(email: string): Promise<Told[]> {
  const sql = openSql({ url: process.env['E2E_SUPERUSER_URL'] ?? '', name: 'e2e-telemetry' })
  const rows = await sql<Told[]>`
    select e.id, e.name, e.step, e.props from telemetry_events e join users u on u.id = e.user_id where u.email = ${email} order by e.at`
  await sql.end()
  return [...rows]
}

const inShort = (told: Told[]) => told.map(({ name, step }) => (step ? `${name} ${step}` : name))

/** As when another app is shown on a phone. A page that is torn down may lose its beacon in a busy browser. */
const leave = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })

test('the way through the questions is told as it was, and holds no answer', async ({ page }) => {
  const { email } = await signUp(page)
  await answerQuestions(page, newSlug())
  await leave(page)
  const way = async () => inShort(await toldOf(email)).filter((line) => !line.startsWith('save_'))
  await expect
    .poll(way, { timeout: 15_000 })
    .toEqual(
      ['profile', 'work', 'tools', 'invites', 'preferences', 'workspace']
        .flatMap((step) => [
          `step_viewed ${step}`,
          `${['tools', 'invites', 'preferences'].includes(step) ? 'step_skipped' : 'step_completed'} ${step}`,
        ])
        .concat('completed'),
    )
  const told = await toldOf(email)
  expect(JSON.stringify(told)).not.toMatch(/Ada|Acme|Lovelace/)
  for (const { name, props } of told) if (name === 'step_completed') expect(props['elapsedMs']).toBeGreaterThan(0)
})

test('what is not valid is told by the names of fields; a return is told with how far they were', async ({ page }) => {
  const { email } = await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await pressWhileOff(page)
  await expect(page.getByRole('alert').filter({ hasText: 'attention' })).toBeFocused()
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'What do you work on?' })).toBeFocused()
  await page.reload()
  await expect(page.getByLabel('Role')).toBeVisible()
  await page.getByRole('link', { name: 'Finish later' }).click()
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page.getByLabel('Role')).toBeVisible()
  await leave(page)
  const notable = async () => (await toldOf(email)).filter(({ name }) => name === 'validation_failed' || name === 'resumed')
  await expect.poll(notable, { timeout: 15_000 }).toMatchObject([
    { name: 'validation_failed', step: 'profile', props: { issues: [{ field: 'companyName' }] } },
    // A reload is no return.
    { name: 'resumed', step: 'work', props: { completed: 1, skipped: 0, of: 6 } },
  ])
})

test('what happens offline waits, and arrives once: also what a beacon has carried already', async ({ page, context }) => {
  const { email } = await signUp(page)
  await page.goto('/o/profile')
  await expect(page.getByLabel('Full name')).toBeVisible()
  await expect.poll(async () => inShort(await toldOf(email)), { timeout: 15_000 }).toContain('step_viewed profile')
  await context.setOffline(true)
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await pressWhileOff(page)
  await expect(page.getByRole('alert').filter({ hasText: 'attention' })).toBeFocused()
  // Longer than a batch waits.
  await page.waitForTimeout(6000)
  expect(inShort(await toldOf(email))).not.toContain('validation_failed profile')
  await context.setOffline(false)
  await page.goto('/o/profile')
  await expect(page.getByLabel('Full name')).toBeVisible()
  await expect.poll(async () => inShort(await toldOf(email)), { timeout: 15_000 }).toContain('validation_failed profile')
  await page.getByLabel('Company').fill('Acme Corp')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { name: 'What do you work on?' })).toBeFocused()
  // Left at once, and come back to: what the beacon alone has carried is sent again.
  await page.route('**/api/telemetry', (route) => (route.request().resourceType() === 'ping' ? route.continue() : route.abort()))
  await leave(page)
  await expect.poll(async () => inShort(await toldOf(email)), { timeout: 15_000 }).toContain('step_completed profile')
  await page.unroute('**/api/telemetry')
  await page.goto('/o/work')
  await expect(page.getByLabel('Role')).toBeVisible()
  await page.waitForTimeout(6000)
  const told = await toldOf(email)
  expect(inShort(told).filter((line) => line === 'step_completed profile')).toHaveLength(1)
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
})

test('an API that takes no telemetry breaks nothing', async ({ page }) => {
  await page.route('**/api/telemetry', (route) => route.fulfill({ status: 500, body: 'no' }))
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  await signUp(page)
  await answerQuestions(page, newSlug())
  expect(errors).toEqual([])
})
