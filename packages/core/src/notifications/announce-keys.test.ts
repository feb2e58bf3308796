import { testDatabase } from '@gangway/db/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { newUser } from '../testing/new-user.ts'
import { remindersContext } from '../testing/reminders.ts'
import { announceKeys } from './announce-keys.ts'

const database = await testDatabase()
const { db, sql } = database

beforeEach(async () => {
  await sql`truncate key_reveals, mail_outbox`
})

/** A key whose reveal was opened so many minutes ago. */
async function opened(minutesAgo: number, { origin = 'checkout', saved = false } = {}) {
  const user = await newUser(db)
  const unique = crypto.randomUUID()
  const [run] = await sql<{ id: string }[]>`
    insert into onboarding_runs (checkout_session_id, origin, user_id, plan, slug, company_name)
    values (${`cs_${unique}`}, ${origin}, ${user.id}, 'STARTER', 'engines', 'Engines') returning id`
  const [org] = await sql<{ id: string }[]>`
    insert into organizations (run_id, slug, name) values (${run?.id ?? ''}, ${`o_${unique.slice(0, 8)}`}, 'Engines') returning id`
  const [key] = await sql<{ id: string }[]>`
    insert into api_keys (org_id, run_id, prefix, hash, fingerprint, scopes)
    values (${org?.id ?? ''}, ${run?.id ?? ''}, 'gw_live_7Kq2', ${unique}, 'fp', '{}') returning id`
  await sql`
    insert into key_reveals (api_key_id, org_id, user_id, sealed, expires_at, saved_at)
    values (${key?.id ?? ''}, ${org?.id ?? ''}, ${user.id}, ${saved ? null : sql.json({ keyId: 'k' })},
            now() + interval '2 hours' - ${minutesAgo} * interval '1 minute', ${saved ? sql`now()` : null})`
  return { user, keyId: key?.id, checkoutSessionId: `cs_${unique}` }
}

describe('announceKeys', () => {
  it('tells of a key that was not saved within a minute, and leads to it', async () => {
    const ctx = remindersContext(database)
    const { user, keyId, checkoutSessionId } = await opened(2)
    expect(await announceKeys(ctx)).toBe(1)
    const [mail] = ctx.jobs.payloads('notifications.send-mail')
    expect(mail).toMatchObject({ dedupeKey: `key-ready:${keyId}`, to: user.email, subject: 'Your API key for Engines is ready' })
    expect(mail?.text).toContain(`https://app.example/onboarding/success?session_id=${checkoutSessionId}`)
  })

  it('tells nothing once it was told', async () => {
    const ctx = remindersContext(database)
    const { keyId, user } = await opened(2)
    await sql`
      insert into mail_outbox (dedupe_key, recipient, subject) values (${`key-ready:${keyId}`}, ${user.email}, 'Your API key is ready')`
    expect(await announceKeys(ctx)).toBe(0)
  })

  it('tells nothing of what is saved, too new, nearly over, or an operator’s', async () => {
    await opened(2, { saved: true })
    await opened(0.5)
    await opened(115)
    await opened(2, { origin: 'operator' })
    expect(await announceKeys(remindersContext(database))).toBe(0)
  })
})
