import { testDatabase } from '@gangway/db/testing'
import { inTransaction } from '@gangway/db/transaction'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { type AnswerMigration, migrateAnswers } from './answer-versions.ts'
import { bringUpToDate } from './bring-up-to-date.ts'
import { getOrCreateSession } from './get-or-create-session.ts'
import { findSession } from './session-row.ts'

const { db, sql } = await testDatabase()
const clock = testClock()
const ctx = { db, clock, ids: seededIds('versions'), log: silentLog() }
const OLD = { profile: { name: 'Ada' } }

/** A session of a version before the first. */
async function outdated() {
  const { id: userId } = await newUser(db)
  const [row] = await sql`
    insert into onboarding_sessions (user_id, schema_version, manifest_version, current_step, checksum, answers, completed_steps)
    values (${userId}, 0, 1, 'work', '', ${sql.json(OLD)}, '{profile}') returning id`
  return { userId, id: String(row?.['id']) }
}

const renameName: AnswerMigration = ({ profile = {}, ...others }) => {
  const { name, ...fields } = profile
  return { ...others, profile: { ...fields, fullName: name ?? null } }
}

describe('answers of an older version', () => {
  it('are brought up to date version by version, and not at all where a link is missing', () => {
    const steps = new Map<number, AnswerMigration>([
      [1, renameName],
      [2, (answers: DraftAnswers) => ({ ...answers, work: { role: 'data' } })],
    ])
    expect(migrateAnswers({ answers: OLD, from: 1 }, steps, 3)).toEqual({ profile: { fullName: 'Ada' }, work: { role: 'data' } })
    expect(migrateAnswers({ answers: OLD, from: 3 }, steps, 3)).toEqual(OLD)
    expect(migrateAnswers({ answers: OLD, from: 0 }, steps, 3)).toBeUndefined()
  })

  it('that can be brought up to date stay where they are in the questionnaire', async () => {
    const { userId, id } = await outdated()
    const row = await findSession(db, userId)
    if (!row) throw new Error('there is no session')
    const migrations = new Map([[0, renameName]])
    const updated = await inTransaction(db, (tx) => bringUpToDate(tx, row, { at: clock.now(), migrations }))
    expect(updated).toMatchObject({
      ...{ id, schemaVersion: 1, revision: 1, answers: { profile: { fullName: 'Ada' } } },
      ...{ completedSteps: ['profile'], currentStep: 'work', resetAt: null },
    })
    expect(await getOrCreateSession(ctx, { userId })).not.toHaveProperty('resetAt')
  })

  it('that cannot be are set aside, and the session begins anew and says so', async () => {
    const { userId, id } = await outdated()
    const session = await getOrCreateSession(ctx, { userId })
    expect(session).toMatchObject({
      id,
      answers: {},
      completedSteps: [],
      currentStep: 'profile',
      revision: 1,
      resetAt: clock.now(),
    })
    const aside = await sql`select schema_version, answers, completed_steps from onboarding_set_aside where session_id = ${id}`
    expect([...aside]).toEqual([{ schema_version: 0, answers: OLD, completed_steps: ['profile'] }])
  })

  it('race: read by many at once, the session begins anew once', async () => {
    const { userId, id } = await outdated()
    const sessions = await Promise.all(Array.from({ length: 8 }, () => getOrCreateSession(ctx, { userId })))
    expect(new Set(sessions.map(({ revision }) => revision))).toEqual(new Set([1]))
    const [count] = await sql`select count(*)::int as copies from onboarding_set_aside where session_id = ${id}`
    expect(count?.['copies']).toBe(1)
  })
})
