import { testDatabase } from '@gangway/db/testing'
import { apiKeySchema, rotatedKeySchema } from '@gangway/schemas/keys'
import { describe, expect, it } from 'vitest'
import { memoryVault, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { newOrganization } from '../testing/organization.ts'
import { authenticateApiKey } from './authenticate.ts'
import { listKeys } from './list-keys.ts'
import { markSaved, reveal } from './reveal.ts'
import { revokeKey } from './revoke-key.ts'
import { newestLiveKey, rotateKey } from './rotate-key.ts'

const { db, sql } = await testDatabase()
const DAY_MS = 24 * 60 * 60 * 1000

async function arrange() {
  const clock = testClock({ start: new Date('2026-03-01T10:00:00Z') })
  const settings = { keyPepper: 'pepper', keyPrefix: 'gw_test_' } as const
  const ctx = { db, clock, ids: seededIds(crypto.randomUUID()), log: silentLog(), vault: memoryVault(), settings }
  const org = await newOrganization(db)
  const who = { orgId: org.id, userId: org.owner.id }
  const first = await rotateKey(ctx, { ...who, overlapDays: 0 })
  return { ctx, clock, org, who, first }
}

const invalid = { code: 'API_KEY_INVALID' }

describe('rotateKey', () => {
  it('lets both keys work during the overlap, and then the new one alone', async () => {
    const { ctx, clock, who, first } = await arrange()
    const second = await rotateKey(ctx, { ...who, keyId: first.key.id, overlapDays: 7 })
    expect(rotatedKeySchema.parse(second)).toEqual(second)
    expect(second.key).toMatchObject({ status: 'active', canReveal: true, scopes: first.key.scopes })
    await clock.advance(7 * DAY_MS - 1)
    for (const { apiKey } of [first, second]) expect(await authenticateApiKey(ctx, apiKey)).toMatchObject({ orgId: who.orgId })
    await clock.advance(1)
    await expect(authenticateApiKey(ctx, first.apiKey)).rejects.toMatchObject(invalid)
    expect(await authenticateApiKey(ctx, second.apiKey)).toMatchObject({ keyId: second.key.id })
  })

  it('ends the old key at once without an overlap', async () => {
    const { ctx, who, first } = await arrange()
    const second = await rotateKey(ctx, { ...who, keyId: first.key.id, overlapDays: 0 })
    await expect(authenticateApiKey(ctx, first.apiKey)).rejects.toMatchObject(invalid)
    expect(await authenticateApiKey(ctx, second.apiKey)).toMatchObject({ keyId: second.key.id })
  })

  it('race: of ten who replace one key at the same time, one does', async () => {
    const { ctx, who, first } = await arrange()
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => rotateKey(ctx, { ...who, keyId: first.key.id, overlapDays: 1 })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const attempt of tries) {
      if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject({ code: 'API_KEY_REPLACED' })
    }
    expect(await listKeys(ctx, who)).toHaveLength(2)
  })

  it('shows the new key again to who made it, for two hours or until it is saved', async () => {
    const { ctx, clock, org, who, first } = await arrange()
    const mine = { userId: who.userId, keyId: first.key.id }
    expect(await reveal(ctx, mine)).toMatchObject({ status: 'revealed', apiKey: first.apiKey })
    const admin = await org.join('admin')
    await expect(reveal(ctx, { ...mine, userId: admin.id })).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' })
    expect(await markSaved(ctx, mine)).toMatchObject({ status: 'saved' })
    expect(await reveal(ctx, mine)).toMatchObject({ status: 'saved' })

    const later = await rotateKey(ctx, { ...who, overlapDays: 0 })
    await clock.advance(2 * 60 * 60 * 1000)
    expect(await reveal(ctx, { ...mine, keyId: later.key.id })).toMatchObject({ status: 'expired' })
  })

  it('keeps nothing of a key but its hash, and the sealed copy as long as it may be shown', async () => {
    const { ctx, who, first } = await arrange()
    await rotateKey(ctx, { ...who, keyId: first.key.id, overlapDays: 1 })
    const [stored] = await sql<{ text: string }[]>`
      select string_agg(k::text || coalesce(r::text, '') , ' ') as text
      from api_keys k left join key_reveals r on r.api_key_id = k.id where k.org_id = ${who.orgId}`
    expect(stored?.text).not.toContain(first.apiKey.slice(12))
    const [old] = await sql`select sealed from key_reveals where api_key_id = ${first.key.id}`
    expect(old?.['sealed']).toBeNull()
  })

  it('is for owners', async () => {
    const { ctx, org, first } = await arrange()
    const attempt = (userId: string) => rotateKey(ctx, { orgId: org.id, userId, keyId: first.key.id, overlapDays: 0 })
    for (const role of ['admin', 'member'] as const) {
      await expect(attempt((await org.join(role)).id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    await expect(attempt((await newUser(db)).id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const other = await newOrganization(db)
    const foreign = { orgId: other.id, userId: other.owner.id, keyId: first.key.id, overlapDays: 0 }
    await expect(rotateKey(ctx, foreign)).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' })
  })

  it('lets an operator do it at the terminal, for the newest key or without one', async () => {
    const { ctx, org, who, first } = await arrange()
    expect(await newestLiveKey(ctx, who)).toBe(first.key.id)
    await revokeKey(ctx, { ...who, keyId: first.key.id })
    expect(await newestLiveKey(ctx, who)).toBeUndefined()
    const made = await rotateKey(ctx, { orgId: org.id, userId: null, keyId: undefined, overlapDays: 0 })
    expect(made.key.canReveal).toBe(false)
    expect(await authenticateApiKey(ctx, made.apiKey)).toMatchObject({ orgId: org.id })
    const nobody = { orgId: crypto.randomUUID(), userId: null, overlapDays: 0 }
    await expect(rotateKey(ctx, nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('revokeKey', () => {
  it('ends a key at once, is content with a repeat, and is in the audit log once', async () => {
    const { ctx, org, who, first } = await arrange()
    const admin = await org.join('admin')
    const revoked = await revokeKey(ctx, { ...who, userId: admin.id, keyId: first.key.id })
    expect(apiKeySchema.parse(revoked)).toMatchObject({ status: 'revoked', canReveal: false })
    await ctx.clock.advance(1000)
    expect(await revokeKey(ctx, { ...who, keyId: first.key.id })).toMatchObject({ revokedAt: revoked.revokedAt })
    await expect(authenticateApiKey(ctx, first.apiKey)).rejects.toMatchObject(invalid)
    const audits = await sql`select actor_id from audit_log where action = 'api_key.revoked' and subject_id = ${first.key.id}`
    expect(audits).toMatchObject([{ actor_id: admin.id }])
  })

  it('is not for members, nor for keys of others', async () => {
    const { ctx, org, who, first } = await arrange()
    const member = await org.join('member')
    const mine = { ...who, keyId: first.key.id }
    await expect(revokeKey(ctx, { ...mine, userId: member.id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const other = await newOrganization(db)
    const theirs = { orgId: other.id, userId: other.owner.id, keyId: first.key.id }
    await expect(revokeKey(ctx, theirs)).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' })
  })
})
