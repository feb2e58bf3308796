import { createServer, request as httpRequest } from 'node:http'
import { expect, type Page, test } from '@playwright/test'
import { signUp } from './pages.ts'
import { expectSaved, keptForOffline, keptInBrowser, queuedIn, SAVE_CALLS, savedBy } from './saves.ts'

interface Site {
  url: string
  /** What is deployed from now on. */
  deploy(change: (script: string) => string): void
  close(): void
}

/** The web app at an address of its own, where another service worker can be deployed. */
async function siteWithItsOwnWorker(web: string): Promise<Site> {
  let changed = (script: string) => script
  const server = createServer((incoming, answer) => {
    const { url = '/', method } = incoming
    // As it is, so that it can be changed.
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' }
    const forwarded = httpRequest(new URL(url, web), { method, headers }, (response) => {
      if (url !== '/sw.js') {
        answer.writeHead(response.statusCode ?? 502, response.headers)
        return void response.pipe(answer)
      }
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        answer.writeHead(200, { 'content-type': 'text/javascript' })
        answer.end(changed(Buffer.concat(parts).toString()))
      })
    })
    forwarded.on('error', () => answer.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : 0}`,
    deploy: (change) => void (changed = change),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** As the wizard does. */
function register(page: Page): Promise<void> {
  return page.evaluate(async () => void (await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })))
}

function keep(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ kind: 'keep', pages: ['/o/profile'] })
  })
}

test('a new version takes over while the page is open, and one that is switched off takes away all that was kept', async ({
  page,
  baseURL,
}) => {
  const site = await siteWithItsOwnWorker(baseURL ?? '')
  const kept = () => page.evaluate(async () => (await caches.keys()).toSorted())
  const isControlled = () => page.evaluate(() => navigator.serviceWorker.controller !== null)
  try {
    await page.goto(`${site.url}/sign-in`)
    await register(page)
    await expect.poll(isControlled).toBe(true)
    await keep(page)
    await expect.poll(kept).toEqual(['gangway.files.1', 'gangway.pages.1'])

    // The browser looks for another version whenever a page is opened.
    site.deploy((script) => script.replace('const VERSION = 1', 'const VERSION = 2'))
    await page.reload()
    await expect.poll(kept).toEqual([])
    await keep(page)
    await expect.poll(kept).toEqual(['gangway.files.2', 'gangway.pages.2'])

    site.deploy((script) => script.replace('const ENABLED = true', 'const ENABLED = false'))
    await page.reload()
    await expect.poll(kept).toEqual([])
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect(await isControlled()).toBe(false)
  } finally {
    site.close()
  }
})

/** The page's saves never arrive, and those of the service worker are held. Answers when one is, and how to let it go. */
async function holdWorker(page: Page): Promise<{ isHeld: Promise<void>; letGo(): void; letPageFail(): void }> {
  let [letGo, letPageFail, held] = [() => {}, () => {}, () => {}]
  const gone = new Promise<void>((resolve) => (letGo = resolve))
  const failing = new Promise<void>((resolve) => (letPageFail = resolve))
  const isHeld = new Promise<void>((resolve) => (held = resolve))
  await page.context().route(SAVE_CALLS, async (route) => {
    if (!route.request().serviceWorker()) {
      await failing
      return route.abort()
    }
    held()
    await gone
    return route.continue()
  })
  return { isHeld, letGo: () => letGo(), letPageFail: () => letPageFail() }
}

test('what is typed while the service worker sends what was typed before is sent after it', async ({ page }) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await keptForOffline(page)
  const { isHeld, letGo, letPageFail } = await holdWorker(page)
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expect.poll(() => queuedIn(page)).toHaveLength(1)
  await page.getByLabel('Job title').fill('Ana')
  await expect.poll(() => queuedIn(page)).toHaveLength(2)
  letPageFail()
  await isHeld
  await page.getByLabel('Job title').fill('Analyst')
  await expect.poll(async () => (await queuedIn(page)).at(-1)?.patch).toEqual({ jobTitle: 'Analyst' })
  letGo()
  await expect
    .poll(async () => (await savedBy(person.email))?.answers['profile'])
    .toEqual({ fullName: 'Ada Lovelace', jobTitle: 'Analyst' })
})

test('who signs out while the service worker sends leaves nothing behind', async ({ page }) => {
  await signUp(page)
  await page.goto('/o/profile')
  await keptForOffline(page)
  const { isHeld, letGo, letPageFail } = await holdWorker(page)
  await page.getByLabel('Full name').fill('A secret name')
  await expect.poll(() => queuedIn(page)).toHaveLength(1)
  letPageFail()
  await isHeld
  await page.getByRole('button', { name: 'Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign out anyway' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  const answered = page.context().waitForEvent('response', (response) => response.url().includes('/trpc/onboarding.save'))
  letGo()
  await answered
  // What the answer brings about in the browser comes after it.
  await page.waitForTimeout(1000)
  expect(await keptInBrowser(page)).not.toContain('A secret name')
})

test('what was typed last, just before the browser takes the page away, is sent without it', async ({ page, context }) => {
  const person = await signUp(page)
  await page.goto('/o/profile')
  await keptForOffline(page)
  // The page is gone before anything that it sends arrives.
  await page.route(SAVE_CALLS, () => new Promise(() => {}))
  const other = await context.newPage()
  await other.goto('/sign-in')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  // It is in the queue, unless the service worker was quick.
  const isKept = async () => (await queuedIn(other)).length > 0 || ((await savedBy(person.email))?.revision ?? 0) > 0
  await expect.poll(isKept).toBe(true)
  await page.close()
  await expect.poll(async () => (await savedBy(person.email))?.answers).toEqual({ profile: { fullName: 'Ada Lovelace' } })
  await other.goto('/o/profile')
  await expect(other.getByLabel('Full name')).toHaveValue('Ada Lovelace')
  await other.getByLabel('Company').fill('Acme Corp')
  await expectSaved(other)
})
