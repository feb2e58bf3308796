import { testDatabase } from '@gangway/db/testing'
import type { AnswersFilter } from '@gangway/schemas/answers'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newOrganization } from '../testing/organization.ts'
import { newUser } from '../testing/new-user.ts'
import { listAnswers } from './browse.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('keep'), log: silentLog(), settings: { cursorKeys: ['key'] } }
const actorId = crypto.randomUUID()

async function insert(
  userId: string,
  { orgId = null, flat = [] }: { orgId?: string | null; flat?: string[] } = {},
): Promise<string> {
  const id = crypto.randomUUID()
  await sql`
    insert into onboarding_answer_snapshots (session_id, user_id, org_id, variant, completed_at, answer_schema_version, answers, flat)
    values (${id}, ${userId}, ${orgId}, 'control', now(), 1, '{}', ${flat})`
  return id
}

async function found(filter: AnswersFilter): Promise<string[]> {
  return (await listAnswers(ctx, { actorId, filter, limit: 50 })).rows.map(({ sessionId }) => sessionId)
}

const planOf = async (id: string) =>
  (await sql`select plan from onboarding_answer_snapshots where session_id = ${id}`)[0]?.['plan']

describe('the plan of a snapshot', () => {
  it('is that of the organization, whichever of them comes first, and follows it', async () => {
    const org = await newOrganization(db, { plan: 'STARTER' })
    const after = await insert(org.owner.id, { orgId: org.id })
    const before = await insert(org.owner.id)
    expect([await planOf(after), await planOf(before)]).toEqual(['STARTER', null])
    await sql`update onboarding_answer_snapshots set org_id = ${org.id} where session_id = ${before}`
    expect(await planOf(before)).toBe('STARTER')
    await sql`update subscriptions set plan = 'SCALE' where org_id = ${org.id}`
    expect([await planOf(after), await planOf(before)]).toEqual(['SCALE', 'SCALE'])
    await sql`delete from subscriptions where org_id = ${org.id}`
    const without = await insert(org.owner.id, { orgId: org.id })
    await sql`insert into subscriptions (org_id, checkout_session_id, plan, status, provider) values (${org.id}, ${org.slug}, 'STARTER', 'active', 'test')`
    expect(await planOf(without)).toBe('STARTER')
  })

  it('race: a plan that is changed while a snapshot is written', async () => {
    const org = await newOrganization(db, { plan: 'STARTER' })
    let writing: Promise<string> | undefined
    await sql.begin(async (tx) => {
      await tx`update subscriptions set plan = 'SCALE' where org_id = ${org.id}`
      writing = insert(org.owner.id, { orgId: org.id })
      writing.catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 100))
    })
    expect(await planOf((await writing) ?? '')).toBe('SCALE')
  })

  it('race: a snapshot that is written while the plan is changed', async () => {
    const org = await newOrganization(db, { plan: 'STARTER' })
    const id = crypto.randomUUID()
    let changing: Promise<unknown> | undefined
    await sql.begin(async (tx) => {
      await tx`
        insert into onboarding_answer_snapshots (session_id, user_id, org_id, variant, completed_at, answer_schema_version, answers)
        values (${id}, ${org.owner.id}, ${org.id}, 'control', now(), 1, '{}')`
      changing = sql`update subscriptions set plan = 'SCALE' where org_id = ${org.id}`.execute()
      await new Promise((resolve) => setTimeout(resolve, 100))
    })
    await changing
    expect(await planOf(id)).toBe('SCALE')
  })
})

describe('what a snapshot is found by', () => {
  it('is the person as they are called now, and what they answer now', async () => {
    const { id: userId } = await newUser(db, { name: 'Augusta King', email: 'augusta@king.example' })
    const id = await insert(userId, { flat: ['profile.companyName=Analytical Engines'] })
    for (const text of ['augusta', 'king.exa', 'AUGUSTA@KING', 'engines analyt']) expect(await found({ text })).toEqual([id])
    await sql`update users set name = 'Grace Hopper', email = 'grace@navy.example' where id = ${userId}`
    expect([await found({ text: 'king' }), await found({ text: 'grace hopper' })]).toEqual([[], [id]])
    await sql`update onboarding_answer_snapshots set flat = '{"profile.companyName=Difference"}' where session_id = ${id}`
    expect([await found({ text: 'engines' }), await found({ text: 'difference grace' })]).toEqual([[], [id]])
  })

  it('is the beginning of an answer that is too long for an index', async () => {
    const { id: userId } = await newUser(db)
    const value = '🧮'.repeat(1000)
    const id = await insert(userId, { flat: [`profile.jobTitle=${value}`] })
    expect(await found({ answers: [{ step: 'profile', field: 'jobTitle', value }] })).toEqual([id])
    expect(await found({ answers: [{ step: 'profile', field: 'jobTitle', value: '🧮' }] })).toEqual([])
  })

  it('is no organization that was given up', async () => {
    const org = await newOrganization(db)
    const id = await insert(org.owner.id, { orgId: org.id })
    expect(await found({ org: org.slug })).toEqual([id])
    await sql`update organizations set status = 'abandoned' where id = ${org.id}`
    expect(await found({ org: org.slug })).toEqual([])
  })
})
