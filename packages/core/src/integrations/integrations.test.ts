import { testDatabase } from '@gangway/db/testing'
import { integrationSchema } from '@gangway/schemas/integrations'
import { describe, expect, it } from 'vitest'
import { connectionReset } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { newPipelinesWorld } from '../testing/pipelines-world.ts'
import { checkIntegration } from './check-health.ts'
import { connectIntegration } from './connect.ts'
import { enqueueDueChecks } from './enqueue-checks.ts'
import { listIntegrations } from './list.ts'
import { mirrorIntegration } from './mirror.ts'
import { removeIntegration } from './remove.ts'
import { nextHour, scheduleIntegration } from './schedule.ts'

const database = await testDatabase()
const { sql } = database
const DAY_MS = 24 * 60 * 60 * 1000

async function arrange() {
  const world = await newPipelinesWorld(database)
  const { ctx, who, jobs } = world
  const [integration] = await listIntegrations(ctx, who)
  const integrationId = integration?.id ?? ''
  return {
    ...{ ...world, integrationId, openai: { ...who, provider: 'openai' as const } },
    now: async () => (await listIntegrations(ctx, who))[0],
    mirrored: () => jobs.payloads('integrations.mirror').map(({ status }) => status),
    check: () => checkIntegration(ctx, { integrationId }),
  }
}

describe('connectIntegration', () => {
  it('keeps a key sealed, and shows its last four characters', async () => {
    const { ctx, org, now, integrationId } = await arrange()
    const integration = await now()
    expect(integrationSchema.parse(integration)).toMatchObject({ provider: 'openai', lastFour: 'full', health: 'healthy' })
    const [stored] = await sql<
      { text: string }[]
    >`select c::text as text from integration_credentials c where id = ${integrationId}`
    expect(stored?.text).not.toContain('openai-key-for-tests')
    const [row] = await sql`select sealed from integration_credentials where id = ${integrationId}`
    await expect(ctx.vault.open(row?.['sealed'], 'another organization')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' })
    expect(await ctx.vault.open(row?.['sealed'], org.id)).toBe('openai-key-for-tests-full')
  })

  it('asks the provider first, and keeps nothing of a key that is refused', async () => {
    const { ctx, who, now } = await arrange()
    const before = await now()
    for (const [rights, code] of [
      ['revoked', 'PROVIDER_KEY_REJECTED'] as const,
      ['limited', 'PROVIDER_ACCESS_DENIED'] as const,
    ]) {
      const key = `openai-key-for-tests-${rights}`
      await expect(connectIntegration(ctx, { ...who, provider: 'openai', key })).rejects.toMatchObject({ code })
    }
    await expect(connectIntegration(ctx, { ...who, provider: 'gemini', key: 'x'.repeat(30) })).rejects.toMatchObject({
      code: 'PROVIDER_KEY_REJECTED',
    })
    expect(await listIntegrations(ctx, who)).toEqual([before])
  })

  it('puts another key in the place of the present one', async () => {
    const { ctx, clock, providers, openai, integrationId, now } = await arrange()
    providers.openai.rights.set('openai-key-number-two', 'full')
    await scheduleIntegration(ctx, { ...openai, hour: 6 })
    await clock.advance(1000)
    await connectIntegration(ctx, { ...openai, key: 'openai-key-number-two' })
    expect(await now()).toMatchObject({ id: integrationId, lastFour: '-two', replacedAt: clock.now(), scheduleHour: 6 })
  })

  it('race: ten who connect at the same time leave one integration', async () => {
    const { ctx, openai, who } = await arrange()
    const key = 'openai-key-for-tests-full'
    await removeIntegration(ctx, openai)
    const connected = await Promise.all(Array.from({ length: 10 }, () => connectIntegration(ctx, { ...openai, key })))
    expect(new Set(connected.map(({ id }) => id)).size).toBe(1)
    expect(await listIntegrations(ctx, who)).toHaveLength(1)
  })

  it('is for owners and admins of the organization', async () => {
    const { ctx, org, openai } = await arrange()
    const [admin, member, stranger] = [await org.join('admin'), await org.join('member'), await newUser(database.db)]
    const uses = [
      (userId: string) => listIntegrations(ctx, { ...openai, userId }),
      (userId: string) => scheduleIntegration(ctx, { ...openai, userId, hour: 3 }),
      (userId: string) => connectIntegration(ctx, { ...openai, userId, key: 'openai-key-for-tests-full' }),
      (userId: string) => removeIntegration(ctx, { ...openai, userId }),
    ]
    for (const use of uses) {
      await expect(use(member.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(use(stranger.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(use(admin.id)).resolves.not.toThrow()
    }
  })

  it('tells the warehouse, without the key, once for each state', async () => {
    const { ctx, jobs, metaRows, openai, mirrored, integrationId } = await arrange()
    await removeIntegration(ctx, openai)
    await expect(removeIntegration(ctx, openai)).rejects.toMatchObject({ code: 'INTEGRATION_NOT_FOUND' })
    expect(mirrored()).toEqual(['HEALTHY', 'REMOVED'])
    for (const state of jobs.payloads('integrations.mirror')) {
      await mirrorIntegration(ctx, state)
      await mirrorIntegration(ctx, state)
    }
    const rows = await metaRows('org_integration_credentials')
    expect(rows.map(({ status, last_four: lastFour, credential_id: id }) => [status, lastFour, id])).toEqual([
      ['HEALTHY', 'full', integrationId],
      ['REMOVED', 'full', integrationId],
    ])
    expect(JSON.stringify(rows)).not.toContain('openai-key-for-tests')
  })
})

describe('the health of an integration', () => {
  it('turns red when the provider refuses the key, and green again', async () => {
    const { check, now, mirrored, providers, clock } = await arrange()
    await clock.advance(1000)
    providers.openai.rights.set('openai-key-for-tests-full', 'revoked')
    await check()
    expect(await now()).toMatchObject({ health: 'rejected', errorCode: 'PROVIDER_KEY_REJECTED', checkedAt: clock.now() })
    providers.openai.rights.set('openai-key-for-tests-full', 'limited')
    await check()
    expect(await now()).toMatchObject({ health: 'rejected', errorCode: 'PROVIDER_ACCESS_DENIED' })
    providers.openai.rights.set('openai-key-for-tests-full', 'full')
    await check()
    expect(await now()).toMatchObject({ health: 'healthy', errorCode: null })
    expect(mirrored()).toEqual(['HEALTHY', 'REJECTED', 'HEALTHY'])
  })

  it('does not turn red because the provider cannot be reached', async () => {
    const { check, now, providers } = await arrange()
    providers.openai.failNext('validateKey', connectionReset())
    await check()
    expect(await now()).toMatchObject({ health: 'unreachable', errorCode: 'NETWORK_UNREACHABLE' })
  })

  it('race: what is found out about a key says nothing of the one that took its place meanwhile', async () => {
    const { ctx, check, now, providers, openai } = await arrange()
    providers.openai.rights.set('openai-key-number-two', 'full')
    const { validateKey } = providers.openai
    providers.openai.validateKey = async (key) => {
      if (key.endsWith('full')) {
        await connectIntegration(ctx, { ...openai, key: 'openai-key-number-two' })
        providers.openai.rights.set(key, 'revoked')
      }
      return validateKey(key)
    }
    await check()
    expect(await now()).toMatchObject({ health: 'healthy', lastFour: '-two' })
  })

  it('race: the daily check is queued once, whoever looks', async () => {
    const { ctx, clock, jobs, integrationId } = await arrange()
    const mine = () => jobs.payloads('integrations.check').filter((payload) => payload.integrationId === integrationId)
    await enqueueDueChecks(ctx)
    expect(mine()).toHaveLength(0)
    await clock.advance(DAY_MS)
    await Promise.all(Array.from({ length: 5 }, () => enqueueDueChecks(ctx)))
    expect(mine()).toHaveLength(1)
    await checkIntegration(ctx, { integrationId: crypto.randomUUID() })
  })
})

describe('nextHour', () => {
  it('is always ahead', () => {
    const at = new Date('2026-03-10T09:30:00Z')
    expect(nextHour(10, at)).toEqual(new Date('2026-03-10T10:00:00Z'))
    expect(nextHour(9, at)).toEqual(new Date('2026-03-11T09:00:00Z'))
    expect(nextHour(9, new Date('2026-03-31T09:00:00Z'))).toEqual(new Date('2026-04-01T09:00:00Z'))
  })
})
