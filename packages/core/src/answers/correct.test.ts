import { testDatabase } from '@gangway/db/testing'
import { correctableSchema, correctAnswersInputSchema, correctedAnswersSchema } from '@gangway/schemas/answer-corrections'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { describe, expect, it } from 'vitest'
import { exactTotals, newSession, recount } from '../testing/answers.ts'
import { recordingJobs, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { aggregateSessions } from './aggregate.ts'
import { answersByUser } from './by-user.ts'
import { correctAnswers } from './correct.ts'
import { readCorrectable } from './correctable.ts'

const { db, sql } = await testDatabase()
const jobs = recordingJobs()
const ctx = { db, clock: testClock(), ids: seededIds('correct'), log: silentLog(), jobs }
const actor = await newUser(db)
const actorId = actor.id

const ANSWERS: DraftAnswers = {
  profile: { fullName: 'Ada Lovelace', companyName: 'Analytical Engines' },
  work: { role: 'engineering', timezone: 'Europe/London' },
  workspace: { mode: 'create', name: 'Analytical Engines', slug: 'engines' },
}

async function completed(options: { skippedSteps?: string[]; open?: boolean } = {}): Promise<string> {
  const { id: userId } = await newUser(db)
  const sessionId = await newSession(sql, userId, { answers: ANSWERS, ...options })
  await aggregateSessions(ctx, { sessionIds: [sessionId] })
  return sessionId
}

async function correct(sessionId: string, patch: unknown) {
  const input = correctAnswersInputSchema.parse({ sessionId, patch, reason: 'They wrote to us.' })
  return correctedAnswersSchema.parse(await correctAnswers(ctx, { ...input, actorId }))
}

const sessionOf = async (id: string) => (await sql`select * from onboarding_sessions where id = ${id}`)[0]

describe('correctAnswers', () => {
  it('changes the session, and by the job that it queues its snapshot and the totals', async () => {
    const sessionId = await completed()
    const corrected = await correct(sessionId, { work: { role: 'finance', team: 'data' }, profile: { fullName: 'Ada Lovelace' } })
    expect(corrected).toEqual({ sessionId, revision: 1, changed: ['work.role', 'work.team'] })
    expect(jobs.payloads('answers.aggregate').at(-1)).toEqual({ sessionId })
    expect(await sessionOf(sessionId)).toMatchObject({
      status: 'completed',
      revision: 1,
      answers: { ...ANSWERS, work: { role: 'finance', timezone: 'Europe/London', team: 'data' } },
    })
    await aggregateSessions(ctx, { sessionIds: [sessionId] })
    const [snapshot] = await sql`select role, session_revision from onboarding_answer_snapshots where session_id = ${sessionId}`
    expect(snapshot).toEqual({ role: 'finance', session_revision: 1 })
    expect(await exactTotals(sql)).toEqual(await recount(sql))
  })

  it('says in the audit log who did it and why, and keeps what was there before', async () => {
    const sessionId = await completed()
    await correct(sessionId, { work: { role: 'sales' } })
    const [entry] = await sql`select actor_id, action, detail from audit_log where subject_id = ${sessionId}`
    expect(entry).toEqual({
      ...{ actor_id: actorId, action: 'answers.corrected' },
      detail: { fields: ['work.role'], reason: 'They wrote to us.' },
    })
    const saves = await sql`select revision, step, patch, before from onboarding_saves where session_id = ${sessionId}`
    expect([...saves]).toEqual([{ revision: 1, step: 'work', patch: { role: 'sales' }, before: { role: 'engineering' } }])
  })

  it('counts a step that was skipped once it has an answer', async () => {
    const sessionId = await completed({ skippedSteps: ['tools', 'invites'] })
    await correct(sessionId, { tools: { tools: ['dbt'] } })
    expect(await sessionOf(sessionId)).toMatchObject({
      skipped_steps: ['invites'],
      completed_steps: ['profile', 'work', 'tools', 'workspace'],
    })
  })

  it('of nothing new changes nothing', async () => {
    const sessionId = await completed()
    const before = jobs.enqueued.length
    expect(await correct(sessionId, { work: { role: 'engineering' } })).toEqual({ sessionId, revision: 0, changed: [] })
    expect(jobs.enqueued).toHaveLength(before)
  })

  it('race: two at once both take effect', async () => {
    const sessionId = await completed()
    await Promise.all([correct(sessionId, { work: { role: 'sales' } }), correct(sessionId, { profile: { jobTitle: 'CTO' } })])
    const { answers, revision } = (await sessionOf(sessionId)) ?? {}
    expect(answers).toMatchObject({ work: { role: 'sales' }, profile: { jobTitle: 'CTO' } })
    expect(revision).toBe(2)
  })

  it('refuses what would leave the session incomplete, and what it was not asked', async () => {
    const sessionId = await completed()
    await expect(correct(sessionId, { work: { role: null } })).rejects.toMatchObject({ code: 'ANSWERS_INCOMPLETE' })
    await expect(correct(sessionId, { work: { shoes: '38' } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { step: 'work', fields: ['shoes'] },
    })
    await expect(correct(sessionId, { shoes: {} })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    expect(await sessionOf(sessionId)).toMatchObject({ revision: 0, answers: ANSWERS })
  })

  it('knows sessions only that are completed, and whose answers are kept', async () => {
    const [open, forgotten] = [await completed({ open: true }), await completed()]
    await sql`update onboarding_sessions set answers_forgotten_at = now() where id = ${forgotten}`
    for (const sessionId of [crypto.randomUUID(), open, forgotten]) {
      await expect(correct(sessionId, { work: { role: 'sales' } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(readCorrectable(ctx, { sessionId, actorId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('stands with the completion: who, when, what and why, the newest first', async () => {
    const sessionId = await completed()
    await correct(sessionId, { work: { role: 'sales' } })
    await correct(sessionId, { profile: { jobTitle: 'CTO' }, work: { team: 'data' } })
    await aggregateSessions(ctx, { sessionIds: [sessionId] })
    const userId = String((await sessionOf(sessionId))?.['user_id'])
    const [completion] = (await answersByUser(ctx, { userId, actorId })).completions
    const shared = { at: ctx.clock.now(), by: actor.email, reason: 'They wrote to us.' }
    expect(completion).toMatchObject({
      revision: 3,
      corrections: [
        { ...shared, fields: ['profile.jobTitle', 'work.team'] },
        { ...shared, fields: ['work.role'] },
      ],
    })
  })
})

describe('readCorrectable', () => {
  it('tells what the session was asked and answered, and the audit log who asked', async () => {
    const sessionId = await completed()
    const found = await readCorrectable(ctx, { sessionId, actorId })
    expect(correctableSchema.parse(found)).toEqual(found)
    expect(found).toMatchObject({ sessionId, answers: ANSWERS })
    expect(found.steps.map(({ id }) => id)).toEqual(['profile', 'work', 'tools', 'invites', 'preferences', 'workspace'])
    const userId = String((await sessionOf(sessionId))?.['user_id'])
    const entries = await sql`select action from audit_log where actor_id = ${actorId} and subject_id = ${userId}`
    expect([...entries]).toEqual([{ action: 'answers.read' }])
  })
})
