import { connect } from '@gangway/db/client'
import { users } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { inTransaction } from '@gangway/db/transaction'
import { afterAll, describe, expect, it } from 'vitest'
import { aggregateSessions } from '../answers/index.ts'
import { complete, getOrCreateSession, recordExposure, save } from '../questionnaire/index.ts'
import { recordBatch } from '../telemetry/index.ts'
import { recordingJobs, seededIds, silentLog } from '../testing/index.ts'
import { spanOf } from './calendar.ts'
import { Dice } from './dice.ts'
import { inventPerson } from './person.ts'
import { DEMO_QUESTIONS, publishDemoQuestions } from './questions.ts'
import { stepsOfVariant, variantOf } from '../questionnaire/variants.ts'
import { tellVisit } from './tell-visit.ts'
import { visit } from './visit.ts'
import { writePeople } from './write-people.ts'

// Two databases: what was told is written into the one, and done in the other by what does it for real people.
const [told, done] = [await testDatabase(), await testDatabase()]
const slow = connect({ url: done.urls.app, name: 'test-done' })
afterAll(() => slow.close())

const UNTIL = new Date('2026-05-30T12:00:00Z')
const TABLES = [
  'onboarding_sessions',
  'onboarding_saves',
  'exposures',
  'telemetry_events',
  'onboarding_answer_snapshots',
  'funnel_people',
  'funnel_steps',
]

/** Everything there is of a person, but ids that are made by chance, in the order in which it happened. */
async function rowsOf({ sql }: Pick<typeof told, 'sql'>, userId: string) {
  const found = await Promise.all(
    TABLES.map(async (table) => {
      const key =
        table === 'onboarding_saves' ? sql`(select user_id from onboarding_sessions s where s.id = session_id)` : sql`user_id`
      const rows = await sql<{ row: Record<string, unknown> }[]>`
        select to_jsonb(t) - 'id' - 'session_id' - 'mutation_id' - 'written_at' - 'manifest_version' as row from ${sql(table)} t where ${key} = ${userId}`
      return [table, rows.map(({ row }) => JSON.stringify(row)).toSorted()] as const
    }),
  )
  return Object.fromEntries(found)
}

describe('tellVisit', () => {
  it('writes what the calls of the wizard write', async () => {
    await inTransaction(told.db, (tx) => publishDemoQuestions(tx, UNTIL))
    await inTransaction(done.db, (tx) => publishDemoQuestions(tx, UNTIL))
    // Where it is to be asked for real, it has to be the newest.
    await done.sql`update step_manifests set version = 2`
    const [batch] = await told.sql<{ id: string }[]>`
      insert into demo_batches (code, seed, people, days, until) values ('twins', 'twins', 40, 30, ${UNTIL}) returning id`

    const ends = { completed: 0, open: 0 }
    for (let n = 0; n < 40; n++) {
      const dice = new Dice(`twins:${n}`)
      const person = inventPerson(dice, { code: 'twins', n })
      const { id: userId, name, email } = person
      const steps = stepsOfVariant(DEMO_QUESTIONS, variantOf(DEMO_QUESTIONS, userId))
      const acts = visit(dice, person, { steps, from: spanOf({ until: UNTIL, days: 30 }).from })
      const visited = tellVisit(dice, { userId, manifest: DEMO_QUESTIONS, acts })
      const user = { id: userId, name, email, createdAt: UNTIL, updatedAt: UNTIL }
      await inTransaction(told.db, (tx) =>
        writePeople(tx, { batchId: batch?.id ?? '', people: [{ user, visit: visited }], at: UNTIL }),
      )

      await done.db.insert(users).values(user)
      await live({ userId, acts, events: visited.events })
      expect(await rowsOf(done, userId)).toEqual(await rowsOf(told, userId))
      ends[visited.session.status] += 1
    }
    expect(Math.min(ends.completed, ends.open)).toBeGreaterThan(3)
  })
})

/** The same acts, each by the call that it is made by, at its time. */
async function live({
  userId,
  acts,
  events,
}: {
  userId: string
  acts: ReturnType<typeof visit>
  events: ReturnType<typeof tellVisit>['events']
}) {
  let now = acts[0]?.at ?? 0
  const clock = { now: () => new Date(now), sleep: () => Promise.resolve() }
  const ctx = { db: slow.db, clock, ids: seededIds(`live ${userId}`), log: silentLog(), jobs: recordingJobs() }
  let session = await getOrCreateSession(ctx, { userId })
  for (const act of acts) {
    now = act.at
    const { step } = act
    if (act.kind === 'viewed') await recordExposure(ctx, { userId, step })
    if (act.kind === 'completed')
      session = await complete(ctx, { userId, revision: session.revision, mutationId: ctx.ids.uuid() })
    if (act.kind === 'saved') {
      const { patch, advance } = act
      session = await save(ctx, {
        ...{ userId, revision: session.revision, step, patch, mutationId: ctx.ids.uuid() },
        ...(advance && { advance }),
      })
    }
  }
  const browser = events
    .filter(({ name }) => name !== 'completed')
    .map(({ id, name, step, props }) => ({ id, sessionId: session.id, name, step, props }))
  for (let first = 0; first < browser.length; first += 50) {
    const batch = browser.slice(first, first + 50)
    const told = await recordBatch(ctx, { userId, events: batch })
    if (told.accepted !== batch.length) throw new Error(`${batch.length - told.accepted} events were not understood`)
  }
  if (session.completedAt) await aggregateSessions(ctx, { sessionIds: [session.id] })
}
