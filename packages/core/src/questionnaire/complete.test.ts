import { invites } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import type { DraftAnswers, StepId } from '@gangway/schemas/questionnaire'
import { describe, expect, it } from 'vitest'
import type { QuestionnaireContext } from '../context.ts'
import { newInvites } from '../organizations/index.ts'
import type { Jobs } from '../ports/index.ts'
import { connectionReset, recordingJobs, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { complete } from './complete.ts'
import { getOrCreateSession } from './get-or-create-session.ts'
import { save } from './save.ts'

const { db, sql } = await testDatabase()
const ids = seededIds('complete')
await sql`create table test_jobs (name text, session_id uuid)`
await sql`grant insert on test_jobs to gangway_app`

/** Enqueues as the real queue does: by a row of the same transaction. */
const jobsInTables: Jobs = {
  async enqueue(tx, name, payload) {
    const sessionId = 'sessionId' in payload ? payload.sessionId : 'data' in payload ? String(payload.data['session_id']) : null
    await tx.execute(`insert into test_jobs values ('${name}', '${sessionId}')`)
  },
  enqueueAll: async () => {
    throw new Error('nobody completes several sessions at once')
  },
}

function context(overrides: Partial<QuestionnaireContext> = {}): QuestionnaireContext {
  return { db, clock: testClock(), ids, log: silentLog(), jobs: jobsInTables, ...overrides }
}

const ANSWERS: DraftAnswers = {
  profile: { fullName: 'Ada Lovelace', companyName: 'Analytical Engines' },
  work: { role: 'engineering', timezone: 'Europe/London' },
  workspace: { mode: 'create', name: 'Analytical Engines', slug: 'engines' },
}

interface Way {
  user?: { id: string }
  skip?: StepId[]
}

/** A session with these answers, ready to be completed. */
async function answered(answers: DraftAnswers, { user, skip = [] }: Way = {}) {
  const { id: userId } = user ?? (await newUser(db))
  let session = await getOrCreateSession(context(), { userId })
  for (const { id: step } of BUILT_IN_MANIFEST.steps) {
    const patch = answers[step]
    const advance = skip.includes(step) ? 'skip' : undefined
    const { revision } = session
    if (patch) session = await save(context(), { userId, revision, step, patch, mutationId: crypto.randomUUID(), advance })
  }
  return { sessionId: session.id, input: { userId, revision: session.revision, mutationId: crypto.randomUUID() } }
}

async function jobsOf(sessionId: string): Promise<unknown[]> {
  return [...(await sql`select name from test_jobs where session_id = ${sessionId}`)]
}

describe('complete', () => {
  it('stamps the session, and queues its aggregation and the news of it', async () => {
    const { sessionId, input } = await answered(ANSWERS)
    const ctx = context()
    const session = await complete(ctx, input)
    expect(session).toMatchObject({
      id: sessionId,
      status: 'completed',
      answers: ANSWERS,
      completedSteps: ['profile', 'work', 'workspace'],
      revision: input.revision + 1,
      completedAt: ctx.clock.now(),
    })
    const [row] = await sql`select answer_schema_version from onboarding_sessions where id = ${sessionId}`
    expect(row?.['answer_schema_version']).toBe(1)
    expect(await jobsOf(sessionId)).toEqual([{ name: 'answers.aggregate' }, { name: 'webhooks.publish' }])
  })

  it('a second call answers what the first did, and queues nothing', async () => {
    const { sessionId, input } = await answered(ANSWERS)
    const first = await complete(context(), input)
    expect(await complete(context(), { ...input, mutationId: crypto.randomUUID() })).toEqual(first)
    expect(await jobsOf(sessionId)).toHaveLength(2)
  })

  it('of many calls at once one completes, and all are answered alike', async () => {
    const { sessionId, input } = await answered(ANSWERS)
    const sessions = await Promise.all(Array.from({ length: 8 }, () => complete(context(), input)))
    for (const session of sessions) expect(session).toEqual(sessions[0])
    expect(await jobsOf(sessionId)).toHaveLength(2)
  })

  it('a transaction that is rolled back delivers no job and completes nothing', async () => {
    const { sessionId, input } = await answered(ANSWERS)
    const failing = recordingJobs()
    failing.loseReply('enqueue', connectionReset())
    const jobs: Jobs = {
      async enqueue(tx, name, payload) {
        await jobsInTables.enqueue(tx, name, payload)
        await failing.enqueue(tx, name, payload)
      },
      enqueueAll: jobsInTables.enqueueAll,
    }
    await expect(complete(context({ jobs }), input)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await jobsOf(sessionId)).toEqual([])
    expect((await getOrCreateSession(context(), input)).status).toBe('open')
  })

  it('names everything that is missing, step by step, and changes nothing', async () => {
    const { sessionId, input } = await answered({
      profile: { fullName: 'Ada' },
      work: { role: 'wizard', timezone: 'Europe/London' },
    })
    const session = await getOrCreateSession(context(), input)
    await expect(complete(context(), input)).rejects.toMatchObject({
      code: 'ANSWERS_INCOMPLETE',
      details: {
        issues: [
          { step: 'profile', field: 'companyName' },
          { step: 'work', field: 'role' },
          { step: 'workspace', field: 'mode' },
        ],
        session,
      },
    })
    expect(await jobsOf(sessionId)).toEqual([])
  })

  it('checks optional steps that were answered, and leaves out those that were skipped', async () => {
    const invites = { invites: [{ email: 'not an address', role: 'member' }] }
    const open = await answered({ ...ANSWERS, invites })
    await expect(complete(context(), open.input)).rejects.toMatchObject({
      details: { issues: [{ step: 'invites', field: 'invites.0.email' }] },
    })

    const skipped = await answered({ ...ANSWERS, invites }, { skip: ['invites'] })
    expect(await complete(context(), skipped.input)).toMatchObject({
      completedSteps: ['profile', 'work', 'workspace'],
      skippedSteps: ['invites'],
      answers: { invites },
    })
  })

  it('on a stale revision is told the session as it is', async () => {
    const { input } = await answered(ANSWERS)
    await expect(complete(context(), { ...input, revision: 1 })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
      details: { session: { revision: input.revision }, conflicts: [] },
    })
  })
})

describe('completing by an invitation', () => {
  async function invite(email: string, at = new Date('2026-01-05T09:00:00Z')) {
    const owner = await newUser(db)
    const [org] = await sql`
      insert into organizations (run_id, slug, name) values (${crypto.randomUUID()}, ${ids.random(10, 'abcdefgh')}, 'Engines') returning id`
    const orgId: string = org?.['id']
    const people = [{ email, role: 'member' as const }]
    const created = newInvites({ ids, clock: testClock({ start: at }) }, { orgId, invitedBy: owner.id, people })
    await db.insert(invites).values(created)
    return { orgId, code: created[0]?.code ?? '' }
  }

  async function join(code: string, user: { id: string }) {
    const { input } = await answered({ ...ANSWERS, workspace: { mode: 'join', inviteCode: code } }, { user })
    return input
  }

  it('makes the person a member', async () => {
    const user = await newUser(db)
    const { orgId, code } = await invite(user.email)
    expect((await complete(context(), await join(code, user))).status).toBe('completed')
    expect([...(await sql`select org_id, role from organization_members where user_id = ${user.id}`)]).toEqual([
      { org_id: orgId, role: 'member' },
    ])
  })

  it('that is not valid is an issue of the code’s field, and nothing is completed', async () => {
    const user = await newUser(db)
    const late = await invite(user.email, new Date('2025-12-29T08:59:59Z'))
    const input = await join(late.code, user)
    await expect(complete(context(), input)).rejects.toMatchObject({
      code: 'ANSWERS_INCOMPLETE',
      details: { issues: [{ step: 'workspace', field: 'inviteCode', code: 'INVITE_NOT_FOUND' }], session: { status: 'open' } },
    })
    expect((await getOrCreateSession(context(), input)).status).toBe('open')
  })
})
