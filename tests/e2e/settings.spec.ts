import { expect, type Page, test } from '@playwright/test'
import { paths } from '../../apps/web/src/paths.ts'
import { look, signIn } from './pages.ts'
import { newPerson, newSlug, signUpByApi } from './people.ts'

/** Somebody signed in whose organization is set up, without a browser until here. */
async function enterOnboarded(page: Page): Promise<void> {
  const person = newPerson()
  const trpc = await signUpByApi(process.env['E2E_API_URL'] ?? '', person)
  const { checkoutSessionId } = await trpc.checkout.create.mutate({ plan: 'STARTER', slug: newSlug(), companyName: 'Acme Corp' })
  await trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  await trpc.provisioning.start.mutate({ checkoutSessionId })
  await expect.poll(async () => (await trpc.organizations.mine.query())[0]?.status, { timeout: 20_000 }).toBe('onboarded')
  await signIn(page, person)
}

test('a provider is connected, and its usage and cost are in the workspace a moment later', async ({ page }) => {
  await enterOnboarded(page)
  await page.getByRole('link', { name: 'Pipelines and settings' }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not connected' })).toBeVisible()
  await page.getByRole('link', { name: 'Connect it' }).click()

  const openAi = page.getByRole('listitem', { name: 'OpenAI' })
  await openAi.getByRole('button', { name: 'Connect' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect OpenAI' })
  const key = dialog.getByLabel('Admin key')
  await key.fill('short')
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await expect(dialog.getByText('This is too short to be a key.')).toBeVisible()
  await key.fill(process.env['E2E_OPENAI_REVOKED'] ?? '')
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await expect(dialog.getByRole('alert')).toContainText('does not accept this key')
  await key.fill(process.env['E2E_OPENAI_KEY'] ?? '')
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await expect(dialog).toBeHidden()
  await expect(openAi.getByText('Healthy')).toBeVisible()
  await openAi.getByLabel('Sync usage and cost').selectOption('6')
  await expect(openAi.getByText(/^Next time/)).toBeVisible()
  await look(page, 'integrations')

  await page.getByRole('link', { name: 'Pipelines', exact: true }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  const run = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first()
  await expect(run.getByText('Succeeded')).toBeVisible({ timeout: 15_000 })
  await expect(run).toContainText(/new rows/)
  await look(page, 'pipelines')
  await run.getByRole('button', { name: /Details/ }).click()
  const steps = page.getByRole('dialog', { name: 'Pipeline run' }).getByRole('list').getByRole('listitem')
  await expect(steps).toHaveCount(7)
  await expect(steps.last()).toContainText('Recording the run')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Quotas' }).click()
  await expect(page.getByRole('meter', { name: 'Runs today' })).toHaveAttribute('aria-valuenow', '1')
})

test('an owner rotates a key, sees the new one once, and revokes it', async ({ page }) => {
  await enterOnboarded(page)
  await page.goto(paths.keys())
  const keys = page.getByRole('list', { name: 'API keys' }).getByRole('listitem')
  await expect(keys).toHaveCount(1)
  await keys
    .first()
    .getByRole('button', { name: /Rotate/ })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('The present key').selectOption('7')
  await dialog.getByRole('button', { name: 'Rotate' }).click()
  await expect(dialog.getByLabel('API key')).toHaveValue(/^gw_live_[0-9A-Za-z]{36}$/)
  await dialog.getByRole('button', { name: 'I have saved it' }).click()
  await expect(keys).toHaveCount(2)
  await expect(keys.last()).toContainText('Works until')
  await expect(keys.first().getByRole('button', { name: /Show/ })).toHaveCount(0)
  await look(page, 'keys')
  await keys
    .first()
    .getByRole('button', { name: /Revoke/ })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(keys.first()).toContainText('Revoked')
})
