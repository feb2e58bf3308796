import { expect, test } from '@playwright/test'
import { paths } from '../../apps/web/src/paths.ts'
import { newSlug } from './people.ts'
import { answerQuestions, choosePlan, look, pay, signUp } from './pages.ts'
import { holdSlug, ONE_TENANT, takeSlug, tenantOf } from './hold.ts'

const STAGES = ['Verifying payment', 'Creating organization', 'Setting up workspace', 'Generating API key', 'Finalizing setup']

test('from sign-up through the questions and the checkout to the key', async ({ page }) => {
  test.setTimeout(120_000)
  const slug = newSlug()
  await page.goto('/sign-up')
  await look(page, 'sign-up')
  await signUp(page)
  for (const name of ['Welcome', 'Quick Start Guide', 'Sample FAQ']) await expect(page.getByRole('link', { name })).toBeVisible()
  await expect(page.getByText('Personal Assistant')).toBeVisible()
  await look(page, 'home')

  await answerQuestions(page, slug, (name) => look(page, name))
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pay / })).toBeVisible()
  await look(page, 'checkout')
  await pay(page, 'Once')

  await expect(page.getByRole('heading', { name: 'Welcome aboard!' })).toBeVisible()
  for (const stage of STAGES) await expect(page.getByRole('listitem').filter({ hasText: stage })).toBeVisible()
  const key = page.getByRole('textbox', { name: 'API key' })
  await expect(key).toHaveValue(/^gw_live_[0-9A-Za-z]{36}$/)
  await look(page, 'welcome-aboard')
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await expect(page.getByText('cannot be shown again')).toBeVisible()
  await page.reload()
  await expect(page.getByText('cannot be shown again')).toBeVisible()
  await expect(key).toBeHidden()
  await expect(page.getByRole('link', { name: 'the settings of your API keys' })).toHaveAttribute('href', paths.keys())

  await page.getByRole('link', { name: 'Go to the home page' }).click()
  await expect(page.getByText(slug, { exact: true })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'API key saved, done' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Integration healthy' })).toHaveAttribute('href', paths.integrations())
  await look(page, 'home-onboarded')
})

test('two tabs at once: both see the five stages to the end, one is told so, and the key is on one screen', async ({
  page,
  context,
}) => {
  const slug = newSlug()
  await signUp(page)
  const checkoutSessionId = await choosePlan(page, slug)
  const letGo = await holdSlug(slug)
  await pay(page)
  await expect(page.getByRole('heading', { name: 'Setting up your workspace' })).toBeVisible()
  await expect(page.getByText('1 of 5 stages done')).toBeAttached()
  const second = await context.newPage()
  await second.goto(page.url())
  const notice = (tab: typeof page) => tab.getByText('Setup is in progress in another tab')
  await expect(notice(second)).toBeVisible()
  await expect(notice(page)).toBeHidden()
  await look(second, 'second-tab')

  await letGo()
  for (const tab of [page, second]) {
    await expect(tab.getByRole('heading', { name: 'Welcome aboard!' })).toBeVisible()
    for (const stage of STAGES) await expect(tab.getByRole('listitem').filter({ hasText: stage })).toBeVisible()
  }
  await expect(page.getByRole('textbox', { name: 'API key' })).toHaveValue(/^gw_live_/)
  await expect(second.getByRole('textbox', { name: 'API key' })).toBeHidden()
  await expect(second.getByRole('button', { name: 'Show the key' })).toBeVisible()
  expect(await tenantOf(checkoutSessionId)).toEqual(ONE_TENANT)
})

test('a reload during a stage joins the run and sees it end', async ({ page }) => {
  const slug = newSlug()
  await signUp(page)
  const checkoutSessionId = await choosePlan(page, slug)
  const letGo = await holdSlug(slug)
  await pay(page)
  await expect(page.getByText('1 of 5 stages done')).toBeAttached()
  await page.reload()
  await expect(page.getByText('1 of 5 stages done')).toBeAttached()
  await letGo()
  await expect(page.getByRole('heading', { name: 'Welcome aboard!' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'API key' })).toHaveValue(/^gw_live_/)
  expect(await tenantOf(checkoutSessionId)).toEqual(ONE_TENANT)
})

test('a page that cannot reach the API says so, and goes on by itself once it can', async ({ page }) => {
  await signUp(page)
  const checkoutSessionId = await choosePlan(page, newSlug())
  await page.route('**/trpc/provisioning.start**', (route) => route.abort())
  await pay(page)
  await expect(page.getByRole('heading', { name: 'This setup cannot be opened' })).toBeVisible()
  await expect(page.getByText('Unable to reach our servers.')).toBeVisible()
  await page.route('**/trpc/**', (route) => route.abort())
  await page.reload()
  await expect(page.getByText('This page could not be loaded')).toBeVisible()
  await look(page, 'unreachable')
  await page.unrouteAll()
  await expect(page.getByRole('heading', { name: 'Welcome aboard!' })).toBeVisible()
  expect(await tenantOf(checkoutSessionId)).toEqual(ONE_TENANT)
})

test('what is typed beside the plans stays when the API cannot be asked again', async ({ page }) => {
  await signUp(page)
  await page.goto('/plan')
  await page.getByLabel('Company').fill('Acme Corp')
  // What was asked a moment ago is not asked again at once.
  await page.waitForTimeout(5500)
  await page.route('**/trpc/**', (route) => route.abort())
  const failures: string[] = []
  page.on('requestfailed', (request) => void failures.push(request.url()))
  // Focus, as whoever comes back from another window.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await expect.poll(() => failures.filter((url) => url.includes('onboarding.get')).length).toBeGreaterThanOrEqual(3)
  await expect(page.getByLabel('Company')).toHaveValue('Acme Corp')
})

test('a slug that somebody else took while the customer was paying: they pick another, and the run goes on', async ({ page }) => {
  const slug = newSlug()
  await signUp(page)
  const checkoutSessionId = await choosePlan(page, slug)
  await takeSlug(slug)
  await pay(page)
  await expect(page.getByRole('heading', { name: 'Choose another name' })).toBeVisible()
  await look(page, 'slug-taken')
  const other = newSlug()
  await page.getByRole('textbox', { name: 'Slug' }).fill(other)
  await page.getByRole('button', { name: 'Use this name and go on' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome aboard!' })).toBeVisible()
  expect(await tenantOf(checkoutSessionId)).toEqual(ONE_TENANT)
})

test('a declined payment can be tried again, and one that clears later is waited for', async ({ page }) => {
  await signUp(page)
  const checkoutSessionId = await choosePlan(page, newSlug())
  await page.getByRole('radio', { name: 'Is declined' }).check()
  await page.getByRole('button', { name: /^Pay / }).click()
  await expect(page.getByText('The payment was declined.')).toBeVisible()
  await page.getByRole('radio', { name: 'Clears later' }).check()
  await pay(page, 'Once')
  await expect(page.getByText('Waiting for your payment').first()).toBeVisible()
  await look(page, 'awaiting-payment')
  await expect(page.getByRole('heading', { name: 'Welcome aboard!' })).toBeVisible({ timeout: 40_000 })
  expect(await tenantOf(checkoutSessionId)).toEqual(ONE_TENANT)
})

test('a checkout that is unknown or not paid is said to be, with an id', async ({ page }) => {
  await signUp(page)
  await page.goto('/onboarding/success?session_id=cs_sandbox_unknown')
  await expect(page.getByText('We could not find this checkout.')).toBeVisible()
  await expect(page.getByText(/err_[a-z0-9]{12}/)).toBeVisible()
  const unpaid = await choosePlan(page, newSlug())
  await page.goto(`/onboarding/success?session_id=${unpaid}`)
  await expect(page.getByText('This checkout has not been paid yet.')).toBeVisible()
})
