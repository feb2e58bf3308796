import { testDatabase } from '@gangway/db/testing'
import { personHistorySchema } from '@gangway/schemas/answers'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { answersByUser, diffAnswers } from './by-user.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('by-user'), log: silentLog() }

async function completed(userId: string, at: string, answers: DraftAnswers) {
  await sql`
    insert into onboarding_answer_snapshots (session_id, user_id, variant, completed_at, answer_schema_version, answers)
    values (gen_random_uuid(), ${userId}, 'control', ${at}, 1, ${sql.json(answers)})`
}

describe('answersByUser', () => {
  it('answers every completion, newest first, with what it changed', async () => {
    const user = await newUser(db)
    await completed(user.id, '2026-01-01', { work: { role: 'data', team: 'growth' }, tools: { tools: ['dbt'] } })
    await completed(user.id, '2026-02-01', { work: { role: 'finance', team: 'growth' }, profile: { fullName: 'Ada' } })
    const history = await answersByUser(ctx, { userId: user.id, actorId: crypto.randomUUID() })

    expect(personHistorySchema.parse(history)).toEqual(history)
    expect(history.user).toMatchObject({ id: user.id, name: user.name, email: user.email })
    expect(history.completions.map(({ snapshot, changes }) => [snapshot.completedAt, changes])).toEqual([
      [
        new Date('2026-02-01T00:00:00Z'),
        [
          { step: 'profile', field: 'fullName', before: null, after: 'Ada' },
          { step: 'work', field: 'role', before: 'data', after: 'finance' },
          { step: 'tools', field: 'tools', before: ['dbt'], after: null },
        ],
      ],
      [new Date('2026-01-01T00:00:00Z'), []],
    ])
  })

  it('each read is in the audit log, also of somebody without answers', async () => {
    const [user, actorId] = [await newUser(db), crypto.randomUUID()]
    expect((await answersByUser(ctx, { userId: user.id, actorId })).completions).toEqual([])
    await answersByUser(ctx, { userId: user.id, actorId })
    const entries = await sql`select action, subject_type, subject_id from audit_log where actor_id = ${actorId}`
    expect([...entries]).toEqual(
      Array.from({ length: 2 }, () => ({ action: 'answers.read', subject_type: 'user', subject_id: user.id })),
    )
  })

  it('knows nobody by an id that no user has', async () => {
    const nobody = answersByUser(ctx, { userId: crypto.randomUUID(), actorId: crypto.randomUUID() })
    await expect(nobody).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('diffAnswers', () => {
  it('is not misled by the order of keys, and sees the order of a list', () => {
    const older = { invites: { invites: [{ email: 'a@b.c', role: 'member' }] }, tools: { tools: ['a', 'b'] } }
    const newer = { invites: { invites: [{ role: 'member', email: 'a@b.c' }] }, tools: { tools: ['b', 'a'] } }
    expect(diffAnswers(older, newer).map(({ step }) => step)).toEqual(['tools'])
  })
})
