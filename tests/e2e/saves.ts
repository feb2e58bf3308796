import { openSql } from '@gangway/db/client'
import { expect, type Page } from '@playwright/test'

/** What the server has of one person's answers. */
export async function savedBy(email: string) {
  const sql = openSql({ url: process.env['E2E_SUPERUSER_URL'] ?? '', name: 'e2e-saves' })
  try {
    const [session] = await sql<
      { answers: Record<string, Record<string, unknown>>; revision: number; completed: string[]; saves: number }[]
    >`
      select answers, revision, completed_steps as completed,
             (select count(*)::int from onboarding_saves where session_id = s.id) as saves
      from onboarding_sessions s join users on users.id = s.user_id where email = ${email}`
    return session
  } finally {
    await sql.end()
  }
}

/** The line under the form says so. */
export function expectSaved(page: Page): Promise<void> {
  return expect(page.getByRole('status', { name: 'Saving' })).toHaveText('Saved', { timeout: 30_000 })
}

/** Until the service worker has every page of the wizard and every file that they name, it does not open without a network. */
export async function keptForOffline(page: Page): Promise<void> {
  const kept = () =>
    page.evaluate(async () => {
      const read = async (kind: string) => {
        const names = (await caches.keys()).filter((name) => name.startsWith(kind))
        const caught = await Promise.all(names.map(async (name) => (await caches.open(name)).matchAll()))
        return Promise.all(caught.flat().map(async (response) => ({ url: response.url, text: await response.text() })))
      }
      const [pages, files] = [await read('gangway.pages'), await read('gangway.files')]
      const named = [...pages, ...files.filter(({ url }) => url.endsWith('.js'))].flatMap(
        ({ text }) => text.match(/static\/(?:chunks|media|css)\/[\w./~@()[\]-]+\.(?:js|css|woff2)/g) ?? [],
      )
      const there = new Set(files.map(({ url }) => new URL(url).pathname.replace('/_next/', '')))
      return { pages: pages.length, missing: named.filter((name) => !there.has(name)) }
    })
  await expect.poll(kept, { timeout: 30_000 }).toEqual({ pages: 6, missing: [] })
}

interface Queued {
  step: string
  state: string
  patch: Record<string, unknown>
}

/** The saves that this browser keeps: those that wait, and those that it remembers. */
function savesIn(page: Page): Promise<(Queued & { order: number })[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('gangway')
        request.addEventListener('error', () => reject(new Error('no database')))
        request.addEventListener('success', () => {
          const database = request.result
          if (!database.objectStoreNames.contains('saves')) return resolve([])
          const all = database.transaction('saves').objectStore('saves').getAll()
          all.addEventListener('success', () => resolve(all.result))
          all.addEventListener('error', () => reject(new Error('not readable')))
        })
      }),
  )
}

/** The saves that the server does not have yet, in their order. */
export async function queuedIn(page: Page): Promise<Queued[]> {
  const saves = await savesIn(page)
  return saves.filter(({ state }) => state !== 'sent').toSorted((one, other) => one.order - other.order)
}

/** Everything that this browser keeps of its person, as one text. */
export async function keptInBrowser(page: Page): Promise<string> {
  const saves = await savesIn(page)
  const others = await page.evaluate(async () => {
    const storages = [localStorage, sessionStorage].flatMap((storage) => Object.values(storage))
    return { storages, caches: await caches.keys() }
  })
  return JSON.stringify({ saves, ...others })
}

/** An answer of the API as it is when a save fails. */
export function failedSave(status: number, problem: { code: string; message: string; retry: string }) {
  const data = { code: 'FAILED', httpStatus: status, path: 'onboarding.save', problem: { errorId: 'err_e2e', ...problem } }
  return {
    status,
    contentType: 'application/json',
    body: JSON.stringify([{ error: { json: { message: problem.message, code: -32_000, data } } }]),
  }
}

export const SAVE_CALLS = '**/trpc/onboarding.save**'

/** For tests that decide what becomes of each save: the service worker's do not pass by them. */
export function withoutBackgroundSync(page: Page): Promise<unknown> {
  return page.addInitScript(() => Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync'))
}
