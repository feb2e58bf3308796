import { testDatabase } from '@gangway/db/testing'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { aggregateSession } from './aggregate.ts'

const { db, sql } = await testDatabase()
const log = silentLog()
const ctx = { db, clock: testClock(), ids: seededIds('aggregate'), log }

async function newSession(
  userId: string,
  { answers = {}, open = false }: { answers?: DraftAnswers; open?: boolean },
): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into onboarding_sessions
      (user_id, schema_version, manifest_version, variant, current_step, skipped_steps, checksum, answers, status, completed_at, answer_schema_version)
    values (${userId}, 1, 1, 'short', 'workspace', '{tools}', '', ${sql.json(answers)},
      ${open ? 'open' : 'completed'}, ${open ? null : '2026-02-01T10:00:00.123456Z'}, ${open ? null : 1})
    returning id`
  return row?.id ?? ''
}

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

const ANSWERS: DraftAnswers = { work: { role: 'data', team: ' platform ' }, tools: { tools: ['dbt'] } }

describe('aggregateSession', () => {
  it('writes the normalized answers once, however often the message comes', async () => {
    const { id: userId } = await newUser(db)
    const sessionId = await newSession(userId, { answers: ANSWERS })
    await Promise.all(Array.from({ length: 5 }, () => aggregateSession(ctx, { sessionId })))
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
  })

  it('keeps the instant of completion', async () => {
    const { id: userId } = await newUser(db)
    await aggregateSession(ctx, { sessionId: await newSession(userId, {}) })
    const [row] = await sql`select completed_at from onboarding_answer_snapshots where user_id = ${userId}`
    expect(row?.['completed_at']).toEqual(new Date('2026-02-01T10:00:00.123Z'))
  })

  it('a corrected session replaces its snapshot', async () => {
    const { id: userId } = await newUser(db)
    const sessionId = await newSession(userId, { answers: ANSWERS })
    await aggregateSession(ctx, { sessionId })
    await sql`update onboarding_sessions set answers = ${sql.json({ work: { role: 'finance' } })} where id = ${sessionId}`
    await aggregateSession(ctx, { sessionId })
    expect(await snapshotsOf(userId)).toMatchObject([{ role: 'finance', flat: ['work.role=finance'] }])
  })

  it('names the organization that the person joined last, and none that was abandoned', async () => {
    const { id: userId } = await newUser(db)
    await joinOrganization(userId, { joined: '2026-01-01' })
    const newest = await joinOrganization(userId, { joined: '2026-01-02' })
    await joinOrganization(userId, { joined: '2026-01-03', status: 'abandoned' })
    await aggregateSession(ctx, { sessionId: await newSession(userId, {}) })
    expect(await snapshotsOf(userId)).toMatchObject([{ org_id: newest }])
  })

  it('leaves open and unknown sessions alone, and says so', async () => {
    const { id: userId } = await newUser(db)
    const sessionId = await newSession(userId, { open: true })
    await aggregateSession(ctx, { sessionId })
    await aggregateSession(ctx, { sessionId: crypto.randomUUID() })
    expect(await snapshotsOf(userId)).toEqual([])
    expect(log.entries.filter(({ level }) => level === 'warn')).toHaveLength(2)
  })
})
