import { testDatabase } from '@gangway/db/testing'
import { inTransaction } from '@gangway/db/transaction'
import { describe, expect, it } from 'vitest'
import { fulfil } from '../provisioning/index.ts'
import { getOrCreateSession } from '../questionnaire/index.ts'
import { newUser } from '../testing/new-user.ts'
import { newOrganization } from '../testing/organization.ts'
import { newWorld } from '../testing/world.ts'
import { recordFact } from './record-fact.ts'
import { recordFirstValue } from './record-first-value.ts'
import { recordProvisioned } from './record-provisioned.ts'

const database = await testDatabase()
const { db, sql } = database
const AT = new Date('2026-11-05T12:00:00Z')

const factsOf = (userId: string) =>
  sql`select name, session_id, variant, at, props from telemetry_events where user_id = ${userId}`

describe('recordFact', () => {
  it('tells of the newest session of the person, and of none where there is none', async () => {
    const { ctx, user } = await newWorld(database)
    const other = await newUser(db)
    const { id: sessionId } = await getOrCreateSession(ctx, { userId: user.id })
    for (const { id: userId } of [user, other]) {
      const fact = { name: 'checkout_started', of: `c-${userId}`, userId, at: AT, props: { plan: 'SCALE' } } as const
      await inTransaction(db, (tx) => recordFact(tx, fact))
      await inTransaction(db, (tx) => recordFact(tx, fact))
    }
    const started = { name: 'checkout_started', at: AT, props: { plan: 'SCALE' } }
    expect(await factsOf(user.id)).toEqual([{ ...started, session_id: sessionId, variant: 'control' }])
    expect(await factsOf(other.id)).toEqual([{ ...started, session_id: null, variant: null }])
  })

  it('is not there when its transaction was given up', async () => {
    const { id: userId } = await newUser(db)
    const failing = inTransaction(db, async (tx) => {
      await recordFact(tx, { name: 'key_revealed', of: 'k', userId, at: AT, props: {} })
      throw new Error('given up')
    })
    await expect(failing).rejects.toThrow('given up')
    expect(await factsOf(userId)).toEqual([])
  })

  it('tells nothing of whoever is gone', async () => {
    const userId = crypto.randomUUID()
    await inTransaction(db, (tx) => recordFact(tx, { name: 'key_revealed', of: 'k2', userId, at: AT, props: {} }))
    expect(await factsOf(userId)).toEqual([])
  })
})

describe('recordProvisioned', () => {
  it('tells once of the payer, however often the job comes', async () => {
    const { ctx, user, paidCheckout } = await newWorld(database)
    const { run, settled } = await fulfil(ctx, { checkoutSessionId: await paidCheckout(), userId: user.id })
    await settled
    for (let time = 0; time < 2; time++) await recordProvisioned(ctx, { runId: run.id, at: AT })
    await recordProvisioned(ctx, { runId: crypto.randomUUID(), at: AT })
    expect(await factsOf(user.id)).toMatchObject([{ name: 'provisioned', at: AT, props: { plan: 'STARTER' } }])
  })
})

describe('recordFirstValue', () => {
  it('race: of pipelines that succeed at the same time, one was the first', async () => {
    const org = await newOrganization(db)
    const later = (ms: number) => ({ orgId: org.id, provider: 'openai', at: new Date(AT.getTime() + ms) })
    const ends: Promise<void>[] = []
    await sql.begin(async (holder) => {
      await holder`select from organizations where id = ${org.id} for update`
      for (const ms of [0, 7]) ends.push(inTransaction(db, (tx) => recordFirstValue(tx, later(ms))))
      const waiting = () => sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await expect.poll(async () => (await waiting()).length).toBe(2)
    })
    await Promise.all(ends)
    await inTransaction(db, (tx) => recordFirstValue(tx, later(90)))
    expect(await factsOf(org.owner.id)).toMatchObject([{ name: 'first_value', props: { provider: 'openai' } }])
  })
})
