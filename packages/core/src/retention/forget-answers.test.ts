import { testDatabase } from '@gangway/db/testing'
import { expect, it } from 'vitest'
import { aggregateSessions, backfillAnswers, rollUpTotals } from '../answers/index.ts'
import { exactTotals, newSession, recount, someAnswers } from '../testing/answers.ts'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { forgetAnswers } from './forget-answers.ts'

const { db, sql } = await testDatabase()
const clock = testClock()
const base = { db, clock, ids: seededIds('forget'), log: silentLog() }
const keeping = (answersDays: number | undefined) => ({ ...base, settings: { journalDays: 400, answersDays } })
const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 24 * 60 * 60 * 1000)

async function complete(days: number, count: number): Promise<string[]> {
  const sessionIds = []
  for (let n = 0; n < count; n++) {
    const { id } = await newUser(db)
    sessionIds.push(await newSession(sql, id, { answers: someAnswers(n), completedAt: daysAgo(days) }))
  }
  await aggregateSessions(base, { sessionIds })
  return sessionIds
}

const snapshots = async () => (await sql`select session_id from onboarding_answer_snapshots`).map((row) => row['session_id'])

it('forgets what is older than is kept, and the totals with it, once and for good', async () => {
  const old = await complete(31, 520)
  const young = await complete(29, 3)
  await sql`
    insert into onboarding_saves (mutation_id, session_id, revision, step, patch, before)
    select gen_random_uuid(), id, 1, 'work', '{"role":"data"}', '{}' from onboarding_sessions`
  await rollUpTotals(base)
  expect(await forgetAnswers(keeping(undefined))).toBe(0)
  expect(await forgetAnswers(keeping(30))).toBe(520)
  expect((await snapshots()).toSorted()).toEqual(young.toSorted())
  const texts = await sql`
    select (select count(*)::int from onboarding_saves) as saves,
           (select count(*)::int from onboarding_sessions where answers = '{}' and submitted is null and completed_at is not null) as emptied`
  expect([...texts]).toEqual([{ saves: 3, emptied: 520 }])
  expect(await exactTotals(sql)).toEqual(await recount(sql))

  expect(await forgetAnswers(keeping(30))).toBe(0)
  expect(await backfillAnswers(base)).toMatchObject({ total: 3, replayed: 3 })
  await aggregateSessions(base, { sessionIds: old.slice(0, 2) })
  expect(await snapshots()).toHaveLength(3)
})
