import { setTimeout as delay } from 'node:timers/promises'
import { expect, type Page, test } from '@playwright/test'
import { signUp } from './pages.ts'
import { expectSaved, keptForOffline, SAVE_CALLS, savedBy } from './saves.ts'

test('what is typed in one tab is in the other at once, without the server', async ({ page, context }) => {
  await signUp(page)
  await page.goto('/o/profile')
  await page.getByLabel('Full name').fill('Ada')
  const other = await context.newPage()
  await other.goto('/o/profile')
  await expect(other.getByLabel('Full name')).toHaveValue('Ada')
  await context.route(SAVE_CALLS, () => new Promise(() => {}))
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expect(other.getByLabel('Full name')).toHaveValue('Ada Lovelace', { timeout: 1000 })
})

test('a page that heard nothing of another tab takes in what was typed there, and takes none of it back', async ({
  page,
  context,
}) => {
  const person = await signUp(page)
  // As for a page that the browser has put aside for a while.
  await page.addInitScript(() => Reflect.set(BroadcastChannel.prototype, 'addEventListener', () => {}))
  const other = await context.newPage()
  for (const tab of [page, other]) {
    await tab.goto('/o/profile')
    await expect(tab.getByLabel('Full name')).toBeVisible()
  }
  await context.setOffline(true)
  await other.getByLabel('Company').fill('Acme Corp')
  await expect(other.getByRole('status', { name: 'Connection' })).toContainText('1 change waits')
  await expect(page.getByLabel('Company')).toHaveValue('')
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByLabel('Company')).toHaveValue('Acme Corp')
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('waits')
  await context.setOffline(false)
  await expect
    .poll(async () => (await savedBy(person.email))?.answers['profile'])
    .toEqual({ fullName: 'Ada Lovelace', companyName: 'Acme Corp' })
})

/** mulberry32: small, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const SECONDS = Number(process.env['TABS_SECONDS'] ?? 60)
/** Each has a field of its own, and one is for both. */
const OWN = ['Full name', 'Company'] as const
const BOTH = 'Job title'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

test('two tabs type for a minute while the network comes and goes: the server has what all keystrokes make', async ({
  page,
  context,
}) => {
  test.setTimeout((SECONDS + 120) * 1000)
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`two tabs: SEED=${seed}`)
  const next = random(seed)
  const person = await signUp(page)
  const other = await context.newPage()
  const tabs = [page, other] as const
  for (const tab of tabs) {
    await tab.goto('/o/profile')
    await expect(tab.getByLabel('Full name')).toBeVisible()
  }
  await keptForOffline(page)
  // Of the calls that arrive, some get no answer, and some are not let through.
  await context.route(SAVE_CALLS, async (route) => {
    const fate = next()
    if (fate < 0.15) return route.abort('connectionreset')
    if (fate < 0.3) {
      await route.fetch().catch(() => {})
      return route.abort('connectionreset')
    }
    return route.continue()
  })

  const typed = { 'Full name': '', Company: '', 'Job title': '' }
  async function press(tab: Page, label: keyof typeof typed): Promise<void> {
    const letter = LETTERS[Math.floor(next() * LETTERS.length)] ?? 'a'
    const field = tab.getByLabel(label)
    // Who types in a field that both use has seen what the other typed.
    if (label === BOTH) await expect(field).toHaveValue(typed[BOTH])
    await field.focus()
    await tab.keyboard.press('End')
    await tab.keyboard.press(letter)
    typed[label] += letter
  }

  let isOver = false
  const cutting = (async () => {
    while (!isOver) {
      await delay(500 + next() * 3000)
      await context.setOffline(true)
      await delay(300 + next() * 3000)
      await context.setOffline(false)
    }
  })()
  const until = Date.now() + SECONDS * 1000
  while (Date.now() < until) {
    const [tab, own] = next() < 0.5 ? ([page, OWN[0]] as const) : ([other, OWN[1]] as const)
    const label = next() < 0.3 ? BOTH : own
    if (typed[label].length < 110) await press(tab, label)
    await delay(next() * 200)
    if (next() < 0.03) await tab.reload()
  }
  isOver = true
  await cutting

  const expected = { fullName: typed[OWN[0]], companyName: typed[OWN[1]], jobTitle: typed[BOTH] }
  await expect.poll(async () => (await savedBy(person.email))?.answers['profile'], { timeout: 90_000 }).toEqual(expected)
  for (const tab of tabs) {
    await expect(tab.getByRole('alert').filter({ hasText: 'Changed in two places' })).toBeHidden()
    for (const [label, text] of Object.entries(typed)) await expect(tab.getByRole('textbox', { name: label })).toHaveValue(text)
  }
  const { revision, saves } = (await savedBy(person.email)) ?? {}
  expect(saves).toBe(revision)
  await context.unroute(SAVE_CALLS)
  await page.getByLabel('Display name').fill('Ada')
  await expectSaved(page)
})
