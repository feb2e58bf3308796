import { startFakeAnthropic, startFakeGemini, startFakeOpenAi } from '@gangway/adapters/providers/fake'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemOf, testApi } from '../testing/api.ts'

const fakes = { openai: await startFakeOpenAi(), anthropic: await startFakeAnthropic(), gemini: await startFakeGemini() }
afterAll(() => Promise.all(Object.values(fakes).map((fake) => fake.close())))
const api = await testApi({
  env: { OPENAI_API_BASE: fakes.openai.url, ANTHROPIC_API_BASE: fakes.anthropic.url, GEMINI_API_BASE: fakes.gemini.url },
})
const { sql } = api.database

const PROVIDERS = ['openai', 'anthropic', 'gemini'] as const
let made = 0

/** Somebody who has paid and set up, with a key in hand and all three providers connected. */
async function arrange() {
  const { trpc } = await api.signUp()
  const slug = `acme_runs_${made++}`
  const { checkoutSessionId } = await trpc.checkout.create.mutate({ plan: 'SCALE', slug, companyName: 'Acme' })
  await trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  await trpc.provisioning.start.mutate({ checkoutSessionId })
  await expect.poll(async () => (await trpc.organizations.mine.query())[0]?.status, { timeout: 20_000 }).toBe('onboarded')
  const [org] = await trpc.organizations.mine.query()
  const orgId = org?.id ?? ''
  const shown = await trpc.keys.reveal.mutate({ checkoutSessionId })
  const apiKey = shown.status === 'revealed' ? shown.apiKey : ''
  for (const provider of PROVIDERS) await trpc.integrations.connect.mutate({ orgId, provider, key: fakes[provider].keys.full })

  const start = (provider: 'openai' | 'anthropic') => trpc.pipelines.start.mutate({ orgId, provider, pipeline: 'usage-sync' })
  const expectState = (runId: string) =>
    expect.poll(async () => (await trpc.pipelines.get.query({ orgId, runId })).state, { timeout: 15_000 })
  async function counts(provider: string) {
    const table = (name: string) => sql(`${org?.workspace}.${name}`)
    const [row] = await sql<{ usage: number; cost: number; total: string }[]>`
      select (select count(*)::int from ${table('usage_records')} where provider = ${provider}) as usage,
             (select count(*)::int from ${table('cost_records')} where provider = ${provider}) as cost,
             (select sum(amount)::text from ${table('cost_records')} where provider = ${provider}) as total`
    return { usage: row?.usage ?? 0, cost: row?.cost ?? 0, total: Number(row?.total) }
  }
  function rest(path: string, { key = apiKey, ...init }: RequestInit & { key?: string } = {}) {
    return fetch(`${api.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    })
  }
  return { trpc, slug, orgId, apiKey, start, expectState, counts, rest }
}

describe('integrations and their pipelines', () => {
  it('connects all three providers, and refuses keys that they refuse', async () => {
    const { trpc, orgId, slug } = await arrange()
    for (const provider of PROVIDERS) {
      const connect = (key: string) => trpc.integrations.connect.mutate({ orgId, provider, key })
      const { full, limited, revoked } = fakes[provider].keys
      expect(await problemOf(connect(revoked))).toMatchObject({ code: 'PROVIDER_KEY_REJECTED' })
      expect(await problemOf(connect(limited))).toMatchObject({ code: 'PROVIDER_ACCESS_DENIED' })
      expect(await connect(` ${full}\n`)).toMatchObject({ provider, lastFour: full.slice(-4), health: 'healthy' })
    }
    expect(await problemOf(trpc.integrations.connect.mutate({ orgId, provider: 'openai', key: 'short' }))).toMatchObject({
      code: 'INPUT_INVALID',
    })
    const told = async () =>
      (await sql`select provider from organizations.org_integration_credentials where org_slug = ${slug} and status = 'HEALTHY'`)
        .length
    await expect.poll(told, { timeout: 10_000 }).toBe(6)
  })

  it.each(['openai', 'anthropic'] as const)('syncs the usage and cost of %s into the workspace, once', async (provider) => {
    const { trpc, orgId, start, expectState, counts } = await arrange()
    const run = await start(provider)
    await expectState(run.id).toBe('succeeded')
    const { steps, rowsLoaded } = await trpc.pipelines.get.query({ orgId, runId: run.id })
    expect(steps.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'succeeded'))
    const loaded = await counts(provider)
    expect(loaded.usage + loaded.cost).toBe(rowsLoaded)
    expect(Math.min(loaded.usage, loaded.cost, loaded.total)).toBeGreaterThan(0)

    const again = await start(provider)
    await expectState(again.id).toBe('succeeded')
    expect(await counts(provider)).toEqual(loaded)
  })

  it('is started and watched by the organization’s API key, and by no other', async () => {
    const { orgId, slug, apiKey, rest, expectState } = await arrange()
    const path = `/api/v1/pipelines/run/${slug}/openai/usage-sync`
    const started = await rest(path, { method: 'POST', body: '{}' })
    const { id } = z.object({ id: z.uuid() }).parse(await started.json())
    await expectState(id).toBe('succeeded')
    expect(await (await rest(`/api/v1/pipelines/runs/${id}`)).json()).toMatchObject({ state: 'succeeded', trigger: 'api_key' })
    expect(await (await rest('/api/v1/quota')).json()).toMatchObject({ plan: 'SCALE' })
    expect((await rest(path, { method: 'POST', body: '{}', key: `${apiKey.slice(0, -1)}?` })).status).toBe(401)
    expect((await rest(path.replace(slug, 'somebody'), { method: 'POST', body: '{}' })).status).toBe(403)
    const [used] = await sql`select last_used_at from api_keys where org_id = ${orgId}`
    expect(used?.['last_used_at']).toBeInstanceOf(Date)
  })

  it('survives the page of a proxy and a lost reply of the provider', async () => {
    const { start, expectState } = await arrange()
    fakes.openai.fail({ kind: 'html', status: 502, match: 'GET /v1/organization/usage' })
    fakes.openai.fail({ kind: 'lose-reply', match: 'GET /v1/organization/costs' })
    const { id } = await start('openai')
    await expectState(id).toBe('succeeded')
  })

  it('leaves neither the provider’s key nor ours in database, warehouse or queue', async () => {
    const { apiKey, start, expectState } = await arrange()
    await expectState((await start('anthropic')).id).toBe('succeeded')
    const secrets = [apiKey, ...Object.values(fakes).map(({ keys }) => keys.full)]
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`
    for (const { name } of tables) {
      for (const secret of secrets) {
        const found = await sql.unsafe(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [secret])
        expect([name, found.length]).toEqual([name, 0])
      }
    }
  })

  it('rotates keys over HTTP', async () => {
    const { trpc, orgId, rest } = await arrange()
    const [key] = await trpc.keys.list.query({ orgId })
    const rotated = await trpc.keys.rotate.mutate({ orgId, keyId: key?.id ?? '', overlapDays: 0 })
    expect((await rest('/api/v1/quota')).status).toBe(401)
    expect((await rest('/api/v1/quota', { key: rotated.apiKey })).status).toBe(200)
    const again = await trpc.keys.revealRotated.mutate({ orgId, keyId: rotated.key.id })
    expect(again).toMatchObject({ status: 'revealed', apiKey: rotated.apiKey })
    await trpc.keys.markRotatedSaved.mutate({ orgId, keyId: rotated.key.id })
    expect(await trpc.keys.list.query({ orgId })).toMatchObject([{ canReveal: false, status: 'active' }, { status: 'revoked' }])
    expect(await problemOf(trpc.keys.rotate.mutate({ orgId, overlapDays: 8 }))).toMatchObject({ code: 'INPUT_INVALID' })
  })
})
