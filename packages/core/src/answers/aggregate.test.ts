import { testDatabase } from '@gangway/db/testing'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { exactTotals, newSession, recount } from '../testing/answers.ts'
import { newUser } from '../testing/new-user.ts'
import { aggregateSessions } from './aggregate.ts'
import { rollUpTotals } from './roll-up.ts'

const { db, sql } = await testDatabase()
const log = silentLog()
const ctx = { db, clock: testClock(), ids: seededIds('aggregate'), log }

async function joinOrganization(userId: string, { status = 'onboarded', joined = '2026-01-01' } = {}): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into organizations (run_id, slug, name, status)
    values (${crypto.randomUUID()}, ${ctx.ids.random(12, 'abcdefgh')}, 'Engines', ${status}) returning id`
  const orgId = row?.id ?? ''
  await sql`insert into organization_members (org_id, user_id, role, created_at) values (${orgId}, ${userId}, 'member', ${joined})`
  return orgId
}

async function snapshotsOf(userId: string) {
  return [
    ...(await sql`select session_id, org_id, role, variant, answers, flat from onboarding_answer_snapshots where user_id = ${userId}`),
  ]
}

/** As save and correct do it: a revision more for each change. */
const change = (sessionId: string, answers: DraftAnswers) =>
  sql`update onboarding_sessions set answers = ${sql.json(answers)}, revision = revision + 1 where id = ${sessionId}`

const ANSWERS: DraftAnswers = { work: { role: 'data', team: ' platform ' }, tools: { tools: ['dbt'] } }

describe('aggregateSessions', () => {
  it('writes the normalized answers once, however often the message comes', async () => {
    const { id: userId } = await newUser(db)
    const sessionId = await newSession(sql, userId, { answers: ANSWERS, skippedSteps: ['tools'] })
    const sessionIds = [sessionId, sessionId]
    await Promise.all(Array.from({ length: 5 }, () => aggregateSessions(ctx, { sessionIds })))
    expect(await snapshotsOf(userId)).toEqual([
      {
        session_id: sessionId,
        org_id: null,
        role: 'data',
        variant: 'short',
        answers: { work: { role: 'data', team: 'platform' } },
        flat: ['work.role=data', 'work.team=platform'],
      },
    ])
    expect(await exactTotals(sql)).toEqual(await recount(sql))
  })

  it('keeps the instant of completion, and that of being seen', async () => {
    const { id: userId } = await newUser(db)
    const completedAt = '2026-02-01T10:00:00.123456Z'
    await aggregateSessions(ctx, { sessionIds: [await newSession(sql, userId, { completedAt })] })
    const [row] = await sql`
      select completed_at = ${completedAt}::timestamptz as kept, written_at from onboarding_answer_snapshots where user_id = ${userId}`
    expect(row).toEqual({ kept: true, written_at: ctx.clock.now() })
  })

  it('a corrected session replaces its snapshot, and takes back what that had added', async () => {
    const { id: userId } = await newUser(db)
    const sessionId = await newSession(sql, userId, { answers: ANSWERS })
    await aggregateSessions(ctx, { sessionIds: [sessionId] })
    expect(await exactTotals(sql)).toMatchObject({ 'tools.tools=dbt': 1 })
    await change(sessionId, { work: { role: 'finance' } })
    await aggregateSessions(ctx, { sessionIds: [sessionId] })
    expect(await snapshotsOf(userId)).toMatchObject([{ role: 'finance', flat: ['work.role=finance'] }])
    expect(await exactTotals(sql)).toEqual(await recount(sql))
    expect(await exactTotals(sql)).not.toHaveProperty('tools.tools=dbt')
  })

  it('race: what was read before a correction is never written over what was read after it', async () => {
    const { id: userId } = await newUser(db)
    const sessionId = await newSession(sql, userId, { answers: { work: { role: 'data' } } })
    // Holds the slow one up between its reading and its writing.
    let slow: Promise<unknown> | undefined
    await sql.begin(async (holder) => {
      await holder`lock table onboarding_answer_snapshots in share row exclusive mode`
      slow = aggregateSessions(ctx, { sessionIds: [sessionId] })
      await expect
        .poll(
          async () =>
            (await sql`select 1 from pg_locks where relation = 'onboarding_answer_snapshots'::regclass and not granted`).length,
        )
        .toBe(1)
      await change(sessionId, { work: { role: 'finance' } })
      const [{ revision } = { revision: 0 }] = await holder<
        { revision: number }[]
      >`select revision from onboarding_sessions where id = ${sessionId}`
      await holder`
        insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers, flat, session_revision)
        values (${sessionId}, ${userId}, 'finance', 'short', now(), 1, '{"work":{"role":"finance"}}', '{work.role=finance}', ${revision})`
    })
    await slow
    expect(await snapshotsOf(userId)).toMatchObject([{ role: 'finance' }])
    expect(await exactTotals(sql)).toEqual(await recount(sql))
  })

  it('names the organization that the person joined last, and none that was abandoned', async () => {
    const { id: userId } = await newUser(db)
    await joinOrganization(userId, { joined: '2026-01-01' })
    const newest = await joinOrganization(userId, { joined: '2026-01-02' })
    await joinOrganization(userId, { joined: '2026-01-03', status: 'abandoned' })
    await aggregateSessions(ctx, { sessionIds: [await newSession(sql, userId)] })
    expect(await snapshotsOf(userId)).toMatchObject([{ org_id: newest }])
  })

  it('leaves open and unknown sessions alone, and says so', async () => {
    const { id: userId } = await newUser(db)
    const sessionIds = [await newSession(sql, userId, { open: true }), crypto.randomUUID()]
    expect(await aggregateSessions(ctx, { sessionIds })).toEqual(new Map())
    expect(await snapshotsOf(userId)).toEqual([])
    expect(log.entries.filter(({ level }) => level === 'warn')).toHaveLength(2)
  })

  it('writes the others when one cannot be written, and says which', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => newUser(db)))
    const sessionIds = await Promise.all(people.map(({ id }) => newSession(sql, id, { answers: ANSWERS })))
    const cursed = sessionIds[2] ?? ''
    await sql.unsafe(`
      create function refuse_one() returns trigger language plpgsql as $$
      begin if new.session_id = '${cursed}' then raise exception 'not this one'; end if; return new; end $$;
      create trigger refuse_one before insert on onboarding_answer_snapshots for each row execute function refuse_one()`)
    const failed = await aggregateSessions(ctx, { sessionIds })
    await sql`drop trigger refuse_one on onboarding_answer_snapshots`
    expect([...failed.keys()]).toEqual([cursed])
    const written = await sql`select session_id from onboarding_answer_snapshots where session_id = any(${sessionIds})`
    expect(written).toHaveLength(4)
    await aggregateSessions(ctx, { sessionIds: [cursed] })
    expect(await exactTotals(sql)).toEqual(await recount(sql))
  })

  it('somebody whose account is deleted is not counted any more', async () => {
    const { id: userId } = await newUser(db)
    const answers = { work: { team: 'a team that nobody else is in' } }
    await aggregateSessions(ctx, { sessionIds: [await newSession(sql, userId, { answers })] })
    await rollUpTotals(ctx)
    expect(await exactTotals(sql)).toHaveProperty(['work.team=a team that nobody else is in'], 1)
    await db.execute(`delete from users where id = '${userId}'`)
    expect(await exactTotals(sql)).toEqual(await recount(sql))
    await rollUpTotals(ctx)
    expect(await sql`select 1 from onboarding_answer_group_totals where value = 'a team that nobody else is in'`).toHaveLength(0)
  })
})
