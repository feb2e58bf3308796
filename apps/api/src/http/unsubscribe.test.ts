import { sendNudges } from '@gangway/core/notifications'
import { expect, it } from 'vitest'
import { testApi } from '../testing/api.ts'

const api = await testApi()
const { sql } = api.database

/** Somebody who got a nudge, and the link in it. */
async function nudged() {
  const person = await api.signUp()
  await person.trpc.onboarding.get.query()
  await sql`
    update onboarding_sessions set updated_at = now() - interval '25 hours'
    where user_id = (select id from users where email = ${person.email})`
  await sendNudges(api.app.contexts.reminders)
  const link = async () =>
    (await sql`select unsubscribe_url from mail_outbox where recipient = ${person.email}`)[0]?.['unsubscribe_url']
  await expect.poll(link, { timeout: 8000 }).toMatch(/^http/)
  const isOff = async () => {
    const rows = await sql`
      select 1 from mail_preferences p join users u on u.id = p.user_id where u.email = ${person.email} and nudges_off_at is not null`
    return rows.length > 0
  }
  return { link: String(await link()), isOff }
}

it('shows a button to whoever opens the link, and changes nothing by that', async () => {
  const { link, isOff } = await nudged()
  const response = await fetch(link)
  const page = await response.text()
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page).toContain('<button>Send me no reminders</button>')
  await fetch(link, { method: 'HEAD' })
  expect(await isOff()).toBe(false)

  const action = /action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const body = new URLSearchParams()
  const done = await fetch(new URL(action, link), {
    method: 'POST',
    body,
    headers: { origin: 'null', 'sec-fetch-site': 'same-origin' },
  })
  expect(await done.text()).toContain('Reminders are off')
  expect(await isOff()).toBe(true)
  await fetch(new URL(action.replace('nudges=off', 'nudges=on'), link), { method: 'POST' })
  expect(await isOff()).toBe(false)
})

it.each([
  ['as a form', new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
  ['as multipart', Object.assign(new FormData(), {})],
  ['with nothing', undefined],
])('takes one click of a mail program, sent %s from anywhere', async (_name, body) => {
  const { link, isOff } = await nudged()
  const headers = { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' }
  const response = await fetch(link, { method: 'POST', headers, ...(body && { body }) })
  expect([response.status, await isOff()]).toEqual([200, true])
})

it('refuses a link that somebody has changed, on a page', async () => {
  const { link, isOff } = await nudged()
  for (const changed of [link.slice(0, -1), `${link}x`, link.split('?')[0] ?? '', `${link.split('=')[0]}=%22%3E%3Cscript%3E`]) {
    const response = await fetch(changed, { method: 'POST' })
    const page = await response.text()
    expect([response.status, page]).toEqual([404, expect.stringContaining('This link is not valid')])
    expect(page).not.toContain('<script>')
  }
  expect(await isOff()).toBe(false)
})

it('takes nothing large', async () => {
  const { link, isOff } = await nudged()
  const response = await fetch(link, { method: 'POST', body: new URLSearchParams({ x: 'x'.repeat(10_000) }) })
  expect([response.status, await isOff()]).toEqual([413, false])
})
