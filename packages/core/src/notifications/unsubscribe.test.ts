import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { newUser } from '../testing/new-user.ts'
import { remindersContext } from '../testing/reminders.ts'
import { readUnsubscribe, setNudges } from './unsubscribe.ts'
import { unsubscribeLink } from './unsubscribe-link.ts'

const database = await testDatabase()
const ctx = remindersContext(database)
const INVALID = { code: 'MAIL_LINK_INVALID' }

function tokenFor(userId: string, settings = ctx.settings): string {
  return new URL(unsubscribeLink(settings, userId)).searchParams.get('token') ?? ''
}

describe('the link that switches nudges off', () => {
  it('shows the switch, and moves it both ways, any number of times', async () => {
    const token = tokenFor((await newUser(database.db)).id)
    expect(await readUnsubscribe(ctx, { token })).toEqual({ nudges: true })
    for (const on of [false, false, true, false]) {
      expect(await setNudges(ctx, { token, on })).toEqual({ nudges: on })
      expect(await readUnsubscribe(ctx, { token })).toEqual({ nudges: on })
    }
  })

  it('is good for one person only', async () => {
    const [ada, eve] = [await newUser(database.db), await newUser(database.db)]
    const [, signature] = tokenFor(eve.id).split('.')
    await expect(setNudges(ctx, { token: `${ada.id}.${signature}`, on: false })).rejects.toMatchObject(INVALID)
    expect(await readUnsubscribe(ctx, { token: tokenFor(ada.id) })).toEqual({ nudges: true })
  })

  it.each(['', '.', 'nonsense', `${crypto.randomUUID()}.`, `${crypto.randomUUID()}.${'A'.repeat(43)}`, 'x'.repeat(10_000)])(
    'refuses a token such as %s',
    async (token) => {
      await expect(readUnsubscribe(ctx, { token })).rejects.toMatchObject(INVALID)
    },
  )

  it('refuses somebody who is gone', async () => {
    await expect(readUnsubscribe(ctx, { token: tokenFor(crypto.randomUUID()) })).rejects.toMatchObject(INVALID)
  })

  it('outlives a rotation of the key that signs', async () => {
    const { id } = await newUser(database.db)
    const older = tokenFor(id, { ...ctx.settings, mailLinkKeys: ['the one before'] })
    expect(older).not.toBe(tokenFor(id))
    expect(await readUnsubscribe(ctx, { token: older })).toEqual({ nudges: true })
    const forgotten = tokenFor(id, { ...ctx.settings, mailLinkKeys: ['one that was dropped'] })
    await expect(readUnsubscribe(ctx, { token: forgotten })).rejects.toMatchObject(INVALID)
  })
})
