import { testDatabase } from '@gangway/db/testing'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exactTotals, newSession, recount } from '../testing/answers.ts'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { aggregateSessions } from './aggregate.ts'
import { rebuildTotals } from './rebuild-totals.ts'
import { rollUpTotals } from './roll-up.ts'
import { answerTotals } from './totals.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('totals'), log: silentLog() }

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('dbt', 'Looker', ' dbt ', '', 'a=b', 'a.b=c') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }).map((value) => value.replaceAll('\0', '')) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(300), `${'x'.repeat(300)}y`) },
)
const value = fc.oneof(
  text,
  fc.boolean(),
  fc.integer({ min: 0, max: 3 }),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.array(fc.record({ email: text, role: fc.constantFrom('admin', 'member') }), { maxLength: 2 }),
)
/** Few steps and fields, some of them in two spellings: many give the same. */
const answers: fc.Arbitrary<DraftAnswers> = fc.dictionary(
  fc.constantFrom('work', 'tools', 'Tools'),
  fc.dictionary(fc.constantFrom('team', 'jobTitle', 'job-title', 'tools'), value, { maxKeys: 3 }),
  { maxKeys: 3 },
)

type Deed =
  | { do: 'complete'; answers: DraftAnswers; skipped: string[] }
  | { do: 'correct'; who: number; answers: DraftAnswers }
  | { do: 'repeat' | 'remove'; who: number }
  | { do: 'roll up' | 'rebuild' }

const who = fc.nat(9)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('complete'), answers, skipped: fc.subarray<string>(['tools']) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('correct'), who, answers }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('repeat', 'remove'), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('roll up', 'rebuild') }) },
)

interface Person {
  userId: string
  sessionId: string
}

async function perform(people: Person[], given: Deed): Promise<unknown> {
  switch (given.do) {
    case 'complete': {
      const { id: userId } = await newUser(db)
      const sessionId = await newSession(sql, userId, { answers: given.answers, skippedSteps: given.skipped })
      people.push({ userId, sessionId })
      return aggregateSessions(ctx, { sessionIds: [sessionId] })
    }
    case 'roll up':
      return rollUpTotals(ctx)
    case 'rebuild':
      return rebuildTotals(ctx)
    default: {
      const person = people[given.who % Math.max(1, people.length)]
      return person && disturb(person, given)
    }
  }
}

async function disturb({ userId, sessionId }: Person, given: Exclude<Deed, { do: 'complete' | 'roll up' | 'rebuild' }>) {
  if (given.do === 'remove') return sql`delete from users where id = ${userId}`
  if (given.do === 'correct') {
    await sql`
      update onboarding_sessions set answers = ${sql.json(given.answers)}, revision = revision + 1 where id = ${sessionId}`
  }
  return aggregateSessions(ctx, { sessionIds: [sessionId, sessionId] })
}

it('totals equal a recount, to the unit, whatever is completed, corrected, repeated and removed at the same time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(deed, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), async (storm) => {
      await sql`truncate onboarding_sessions, onboarding_answer_snapshots, onboarding_answer_deltas, onboarding_answer_group_totals cascade`
      const people: Person[] = []
      for (const atOnce of storm) await Promise.all(atOnce.map((each) => perform(people, each)))
      const counted = await recount(sql)
      expect(await exactTotals(sql)).toEqual(counted)
      const { fields } = await answerTotals(ctx, { actorId: crypto.randomUUID(), filter: {}, limit: 200 })
      const read = fields.flatMap(({ step, field, values }) =>
        values.map((each) => [`${step}.${field}=${each.value}`, each.total]),
      )
      expect(Object.fromEntries(read)).toEqual(counted)
      expect(await rebuildTotals(ctx)).toMatchObject({ corrected: 0 })
    }),
    { numRuns: 50 },
  )
}, 60_000)
