import type { SealedSecret } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { getTableName } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectionReset, memoryVault, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { type RewrapProgress, rewrapSecrets } from './rewrap.ts'
import { SEALED_SOURCES } from './rewrap-sources.ts'

const { db, sql } = await testDatabase()

beforeEach(async () => {
  await sql`truncate key_reveals, webhook_endpoints, integration_credentials cascade`
})

function context() {
  return { db, clock: testClock(), ids: seededIds('rewrap'), log: silentLog(), vault: memoryVault() }
}

async function newOrganization(): Promise<string> {
  const slug = `org_${crypto.randomUUID().slice(0, 8)}`
  const [row] = await sql<{ id: string }[]>`
    insert into organizations (run_id, slug, name) values (${crypto.randomUUID()}, ${slug}, 'Engines') returning id`
  return row?.id ?? ''
}

const json = (sealed: SealedSecret | null) => (sealed ? sql.json({ ...sealed }) : null)

async function newReveal(orgId: string, sealed: SealedSecret | null): Promise<string> {
  const [key] = await sql<{ id: string }[]>`
    insert into api_keys (org_id, prefix, hash, fingerprint, scopes)
    values (${orgId}, 'gw_live_abcd', ${crypto.randomUUID()}, 'fp', '{}') returning id`
  const id = key?.id ?? ''
  await sql`insert into key_reveals (api_key_id, org_id, sealed) values (${id}, ${orgId}, ${json(sealed)})`
  return id
}

async function sealedOf(id: string): Promise<SealedSecret | null> {
  const [row] = await sql<{ sealed: SealedSecret | null }[]>`select sealed from key_reveals where api_key_id = ${id}`
  return row?.sealed ?? null
}

describe('rewrapSecrets', () => {
  it('knows every column that holds a sealed secret', async () => {
    const columns = await sql<{ name: string }[]>`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and data_type = 'jsonb' and column_name like '%sealed%' order by 1`
    const known = SEALED_SOURCES.map(({ table, sealed }) => `${getTableName(table)}.${sealed.name}`)
    expect(known.toSorted()).toEqual(columns.map(({ name }) => name))
  })

  it('wraps what lies anywhere by the newest key, and changes no secret', async () => {
    const ctx = context()
    const [orgId, { id: userId }] = [await newOrganization(), await newUser(db)]
    const seal = (text: string, associatedData = orgId) => ctx.vault.seal(text, associatedData)
    const reveal = await newReveal(orgId, await seal('the key'))
    await newReveal(orgId, null)
    await sql`
      insert into integration_credentials (org_id, provider, sealed, last_four, health, checked_at, next_check_at, connected_by, connected_at)
      values (${orgId}, 'openai', ${json(await seal('a credential'))}, 'abcd', 'ok', now(), now(), ${userId}, now())`
    await sql`
      insert into webhook_endpoints (org_id, url, events, sealed, previous_sealed)
      values (${orgId}, 'https://a.example', '{}', ${json(await seal('whsec'))}, ${json(await seal('old whsec'))}),
             (null, 'https://b.example', '{}', ${json(await seal('ours', 'operators'))}, null)`
    ctx.vault.rotate()
    const keyId = await ctx.vault.currentKeyId()

    const seen: RewrapProgress[] = []
    const result = await rewrapSecrets(ctx, { batchSize: 1, onProgress: (progress) => seen.push(progress) })
    expect(result).toEqual({ keyId, rewrapped: 5, overtaken: 0, unreadable: 0 })
    expect(seen).toEqual([
      { source: 'keys to be revealed', done: 1, total: 1 },
      { source: 'integration credentials', done: 1, total: 1 },
      { source: 'webhook secrets', done: 1, total: 2 },
      { source: 'webhook secrets', done: 2, total: 2 },
      { source: 'previous webhook secrets', done: 1, total: 1 },
    ])
    const [row] = await sql<Record<'credential' | 'secret' | 'previous' | 'ours', SealedSecret>[]>`
      select (select sealed from integration_credentials) as credential, (select previous_sealed from webhook_endpoints where org_id is not null) as previous,
             (select sealed from webhook_endpoints where org_id is not null) as secret, (select sealed from webhook_endpoints where org_id is null) as ours`
    if (!row) throw new Error('nothing was found')
    const opened = await Promise.all([
      ctx.vault.open((await sealedOf(reveal)) ?? row.ours, orgId),
      ctx.vault.open(row.credential, orgId),
      ctx.vault.open(row.secret, orgId),
      ctx.vault.open(row.previous, orgId),
      ctx.vault.open(row.ours, 'operators'),
    ])
    expect(opened).toEqual(['the key', 'a credential', 'whsec', 'old whsec', 'ours'])
    expect(Object.values(row).map((sealed) => sealed.keyId)).toEqual([keyId, keyId, keyId, keyId])
    expect(await rewrapSecrets(ctx)).toEqual({ keyId, rewrapped: 0, overtaken: 0, unreadable: 0 })
  })

  it('goes on where it was broken off', async () => {
    const ctx = context()
    const orgId = await newOrganization()
    for (let n = 0; n < 25; n++) await newReveal(orgId, await ctx.vault.seal(`key ${n}`, orgId))
    ctx.vault.rotate()
    ctx.vault.loseReply('rewrap', connectionReset())
    await expect(rewrapSecrets(ctx, { batchSize: 10 })).rejects.toMatchObject({ code: 'ECONNRESET' })
    const first = await sql`select 1 from key_reveals where sealed ->> 'keyId' = ${await ctx.vault.currentKeyId()}`
    const rest = await rewrapSecrets(ctx, { batchSize: 10 })
    expect([first.length, rest.rewrapped]).toEqual([7, 18])
    expect(await sql`select 1 from key_reveals where sealed ->> 'keyId' <> ${rest.keyId}`).toHaveLength(0)
    expect((await rewrapSecrets(ctx)).rewrapped).toBe(0)
  })

  it('leaves what no key can open, and says how much that is', async () => {
    const ctx = context()
    const orgId = await newOrganization()
    const foreign = await memoryVault().seal('x', 'another organization')
    const [lost, good] = [
      await newReveal(orgId, { ...foreign, keyId: 'lost' }),
      await newReveal(orgId, await ctx.vault.seal('y', orgId)),
    ]
    ctx.vault.rotate()
    expect(await rewrapSecrets(ctx)).toMatchObject({ rewrapped: 1, unreadable: 1 })
    expect([(await sealedOf(lost))?.keyId, (await sealedOf(good))?.keyId]).toEqual(['lost', await ctx.vault.currentKeyId()])
  })

  it('race: a secret that is deleted meanwhile stays deleted, and a new one stays new', async () => {
    const ctx = context()
    const orgId = await newOrganization()
    const [saved, renewed] = [
      await newReveal(orgId, await ctx.vault.seal('saved', orgId)),
      await newReveal(orgId, await ctx.vault.seal('old', orgId)),
    ]
    ctx.vault.rotate()
    const fresh = await ctx.vault.seal('new', orgId)
    const { rewrap } = ctx.vault
    ctx.vault.rewrap = async (...args) => {
      await sql`update key_reveals set sealed = case when api_key_id = ${renewed} then ${json(fresh)}::jsonb end`
      return rewrap(...args)
    }
    expect(await rewrapSecrets(ctx)).toMatchObject({ rewrapped: 0, overtaken: 2 })
    expect(await sealedOf(saved)).toBeNull()
    expect(await sealedOf(renewed)).toEqual(fresh)
  })

  it('race: two at once leave every secret readable', async () => {
    const ctx = context()
    const orgId = await newOrganization()
    const ids: string[] = []
    for (let n = 0; n < 20; n++) ids.push(await newReveal(orgId, await ctx.vault.seal(`key ${n}`, orgId)))
    ctx.vault.rotate()
    const results = await Promise.all([rewrapSecrets(ctx, { batchSize: 7 }), rewrapSecrets(ctx, { batchSize: 5 })])
    expect(results[0].rewrapped + results[1].rewrapped).toBe(20)
    const opened = await Promise.all(
      ids.map(async (id) => {
        const sealed = await sealedOf(id)
        return sealed && ctx.vault.open(sealed, orgId)
      }),
    )
    expect(opened).toEqual(ids.map((_, n) => `key ${n}`))
  })
})
