import { expect, test } from '@playwright/test'
import { answerQuestions, signUp } from './pages.ts'
import { newSlug } from './people.ts'
import { expectSaved, SAVE_CALLS, savedBy } from './saves.ts'

test('a phone of 2023, without what came later, answers all the questions', async ({ page }) => {
  await page.addInitScript(() => {
    const later: [object, string[]][] = [
      [Map, ['groupBy']],
      [Object, ['groupBy']],
      [Promise, ['withResolvers', 'try']],
      [Array, ['fromAsync']],
      [AbortSignal, ['any']],
      [URL, ['canParse', 'parse']],
      [Set.prototype, ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf']],
      [Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), ['map', 'filter', 'take', 'drop', 'toArray', 'some']],
      [Element.prototype, ['checkVisibility']],
      [ServiceWorkerRegistration.prototype, ['sync']],
      [window, ['Iterator', 'requestIdleCallback', 'cancelIdleCallback', 'navigation', 'scheduler']],
    ]
    for (const [owner, names] of later) for (const name of names) Reflect.deleteProperty(owner, name)
  })
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  const person = await signUp(page)
  await answerQuestions(page, newSlug())
  expect(errors).toEqual([])
  expect((await savedBy(person.email))?.completed).toContain('workspace')
})

test('tabs of a browser without broadcast channels tell each other by the storage', async ({ page, context }) => {
  await context.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'))
  const person = await signUp(page)
  const other = await context.newPage()
  for (const tab of [page, other]) {
    await tab.goto('/o/profile')
    await expect(tab.getByLabel('Full name')).toBeVisible()
  }
  const answered = Promise.withResolvers<void>()
  await context.route(SAVE_CALLS, async (route) => {
    await answered.promise
    await route.continue()
  })
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await expect(other.getByLabel('Full name')).toHaveValue('Ada Lovelace', { timeout: 1000 })
  await other.getByLabel('Company').fill('Acme Corp')
  await expect(page.getByLabel('Company')).toHaveValue('Acme Corp', { timeout: 1000 })
  answered.resolve()
  for (const tab of [page, other]) await expectSaved(tab)
  await page.getByLabel('Full name').fill('Ada King')
  await expectSaved(page)
  for (const tab of [page, other]) await expect(tab.getByText('Changed in two places')).toBeHidden()
  expect((await savedBy(person.email))?.answers['profile']).toEqual({ fullName: 'Ada King', companyName: 'Acme Corp' })

  await page.getByRole('button', { name: 'Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})
