import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { memoryVault, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newOrganization } from '../testing/organization.ts'
import { authenticateApiKey, requireScope } from './authenticate.ts'
import { rotateKey } from './rotate-key.ts'

const { db, sql } = await testDatabase()
const settings = { keyPepper: 'pepper', keyPrefix: 'gw_test_' } as const

function context() {
  const clock = testClock({ start: new Date('2026-03-01T10:00:00Z') })
  return { db, clock, ids: seededIds(crypto.randomUUID()), log: silentLog(), vault: memoryVault(), settings }
}

async function arrange() {
  const ctx = context()
  const org = await newOrganization(db)
  const { apiKey, key } = await rotateKey(ctx, { orgId: org.id, userId: org.owner.id, overlapDays: 0 })
  return { ctx, org, apiKey, keyId: key.id }
}

const refused = { code: 'API_KEY_INVALID' }

describe('authenticateApiKey', () => {
  it('tells whose key it is, and what it may do', async () => {
    const { ctx, org, apiKey, keyId } = await arrange()
    const caller = await authenticateApiKey(ctx, apiKey)
    expect(caller).toEqual({
      ...{ kind: 'api_key', keyId, orgId: org.id, orgSlug: org.slug },
      scopes: ['pipelines:run', 'usage:read', 'admin'],
    })
  })

  it('asks the database nothing about garbage', async () => {
    const { ctx, apiKey } = await arrange()
    const blind = {
      ...ctx,
      db: new Proxy(db, {
        get: () => {
          throw new Error('the database was asked')
        },
      }),
    }
    const last = apiKey.endsWith('0') ? '1' : '0'
    for (const garbage of ['', 'gw_test_', apiKey.slice(0, -1) + last, `${apiKey} `, apiKey.toUpperCase(), 'x'.repeat(10_000)]) {
      await expect(authenticateApiKey(blind, garbage)).rejects.toMatchObject(refused)
    }
    await expect(authenticateApiKey(blind, apiKey)).rejects.toThrow('the database was asked')
  })

  it('refuses a key of another installation, a revoked one, an expired one and one of an abandoned organization alike', async () => {
    const { ctx, org, apiKey, keyId } = await arrange()
    const elsewhere = { ...ctx, settings: { ...settings, keyPepper: 'other' } }
    await expect(authenticateApiKey(elsewhere, apiKey)).rejects.toMatchObject(refused)

    await sql`update api_keys set expires_at = ${ctx.clock.now()} where id = ${keyId}`
    await expect(authenticateApiKey(ctx, apiKey)).rejects.toMatchObject(refused)
    await sql`update api_keys set expires_at = null, revoked_at = now() where id = ${keyId}`
    await expect(authenticateApiKey(ctx, apiKey)).rejects.toMatchObject(refused)
    await sql`update api_keys set revoked_at = null where id = ${keyId}`
    await sql`update organizations set status = 'abandoned' where id = ${org.id}`
    await expect(authenticateApiKey(ctx, apiKey)).rejects.toMatchObject(refused)
  })

  it('notes the use to the minute, with one write a minute', async () => {
    const { ctx, apiKey, keyId } = await arrange()
    const lastUse = async () =>
      (await sql<{ last: Date; xmin: string }[]>`select last_used_at as last, xmin::text from api_keys where id = ${keyId}`)[0]
    await authenticateApiKey(ctx, apiKey)
    const first = await lastUse()
    expect(first?.last).toEqual(ctx.clock.now())
    await ctx.clock.advance(59_000)
    await authenticateApiKey(ctx, apiKey)
    expect(await lastUse()).toEqual(first)
    await ctx.clock.advance(2000)
    await Promise.all(Array.from({ length: 10 }, () => authenticateApiKey(ctx, apiKey)))
    expect((await lastUse())?.last).toEqual(ctx.clock.now())
  })
})

describe('requireScope', () => {
  const caller = { kind: 'api_key', keyId: 'k', orgId: 'o', orgSlug: 'acme' } as const

  it('wants one of the scopes, or admin', () => {
    expect(requireScope({ ...caller, scopes: ['usage:read'] }, ['pipelines:run', 'usage:read'])).toBeUndefined()
    expect(requireScope({ ...caller, scopes: ['admin'] }, ['pipelines:run'])).toBeUndefined()
    const missing = expect.objectContaining({ code: 'API_KEY_SCOPE_MISSING' })
    expect(() => requireScope({ ...caller, scopes: ['usage:read'] }, ['pipelines:run'])).toThrow(missing)
    expect(() => requireScope({ ...caller, scopes: [] }, ['usage:read'])).toThrow(missing)
  })
})
