import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { aggregateLate, correctAnswers, rebuildTotals, rollUpTotals } from '@gangway/core/answers'
import type { QuestionnaireContext } from '@gangway/core/context'
import type { Jobs } from '@gangway/core/ports'
import { complete } from '@gangway/core/questionnaire'
import { exactTotals, recount, someAnswers } from '@gangway/core/testing/answers'
import { connect } from '@gangway/db/client'
import { onboardingSessions } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { inTransaction } from '@gangway/db/transaction'
import { inArray } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { openLog } from '../log.ts'
import { systemClock, systemIds } from '../system.ts'
import { openJobQueue } from './queue.ts'

const COMPLETIONS = 20_000
const WRITERS = 8
/** Of each slice, so many complete one by one, as people do; the others together, which takes a tenth of the time. */
const SLICE = 50
const ONE_BY_ONE = 5
const WORKER = fileURLToPath(new URL('../testing/answers-worker.ts', import.meta.url))
const COMPILED = fileURLToPath(new URL('../../../../node_modules/.cache/gangway-storm', import.meta.url))

const { sql, urls } = await testDatabase()
const log = openLog('silent', 'storm')
const { db, close } = connect({ url: urls.app, max: WRITERS, name: 'storm' })
const queue = await openJobQueue({ url: urls.app, part: 'app', log })
// Nobody listens to the news of a completion here; its job is left out, and that of the answers is a real one.
const jobs: Jobs = {
  enqueue: async (tx, name, ...rest) => {
    if (name === 'answers.aggregate') await queue.jobs.enqueue(tx, name, ...rest)
  },
  enqueueAll: (tx, all) => queue.jobs.enqueueAll(tx, all),
}
const ctx: QuestionnaireContext = { db, clock: systemClock, ids: systemIds, log, jobs }

const workers = new Set<ChildProcess>()
afterAll(async () => {
  await Promise.all([...workers].map(kill))
  await Promise.all([queue.close(), close()])
})

async function startWorker(): Promise<ChildProcess> {
  const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: COMPILED }
  const worker = spawn(process.execPath, [WORKER, urls.worker], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  workers.add(worker)
  await once(worker.stdout, 'data')
  return worker
}

async function kill(worker: ChildProcess): Promise<void> {
  workers.delete(worker)
  if (worker.exitCode !== null) return
  worker.kill('SIGKILL')
  await once(worker, 'exit')
}

/** People who have answered everything, and only have to complete. */
async function fill(): Promise<Person[]> {
  const people = await sql<{ userId: string; n: number }[]>`
    insert into users (name, email) select 'Person ' || n, 'storm.' || n || '@example.com' from generate_series(1, ${COMPLETIONS}) n
    returning id as "userId", substr(name, 8)::int as n`
  const sessions = people.map(({ userId, n }) => ({ userId, answers: someAnswers(n) }))
  return sql<Person[]>`
    insert into onboarding_sessions (user_id, schema_version, manifest_version, current_step, skipped_steps, checksum, answers)
    select "userId", 1, 1, 'workspace', '{invites}', '', answers
    from jsonb_to_recordset(${sql.json(sessions)}) as given ("userId" uuid, answers jsonb)
    returning user_id as "userId", id as "sessionId"`
}

interface Person {
  userId: string
  sessionId: string
}

const messages = (sessionIds: readonly string[]) =>
  sessionIds.map((sessionId) => ({ name: 'answers.aggregate' as const, payload: { sessionId } }))

/** Many at a time, as their completions would leave them: with one message each, in the same transaction. */
async function completeInBulk(people: readonly Person[]): Promise<void> {
  const ids = people.map(({ sessionId }) => sessionId)
  await inTransaction(db, async (tx) => {
    const done = { status: 'completed' as const, completedAt: new Date(), revision: 1, answerSchemaVersion: 1 }
    await tx.update(onboardingSessions).set(done).where(inArray(onboardingSessions.id, ids))
    await jobs.enqueueAll(tx, messages(ids))
  })
}

const tally = { repeats: 0, corrections: 0, deletions: 0, kills: 0 }

/** What happens to some of those who have just completed, or did so long ago. */
async function disturb(people: readonly Person[], earlier: readonly Person[]): Promise<void> {
  const [first, second, third] = people
  if (!first || !second || !third) return
  const again = [first, first, ...earlier].map(({ sessionId }) => sessionId)
  await inTransaction(db, (tx) => jobs.enqueueAll(tx, messages(again)))
  tally.repeats += again.length
  for (const { sessionId, userId } of [second, ...earlier]) {
    const { work, tools } = someAnswers(tally.corrections * 31 + 5)
    const patch = { ...(work && { work }), ...(tools && { tools }) }
    await correctAnswers(ctx, { actorId: userId, sessionId, patch, reason: 'A storm.' })
    tally.corrections += 1
  }
  if (tally.corrections % 5 !== 0) return
  await sql`delete from users where id = ${third.userId}`
  tally.deletions += 1
}

const behind = async () => {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from onboarding_sessions s left join onboarding_answer_snapshots n on n.session_id = s.id
    where s.status = 'completed' and (n.session_id is null or n.session_revision < s.revision)`
  return row?.count ?? 0
}

it('totals equal a recount, to the unit, after a storm with repeats, corrections, deletions and a worker killed again and again', async () => {
  const slices = chunk(await fill(), SLICE)
  await startWorker()
  const began = performance.now()
  let next = 0
  const writer = async () => {
    for (let n = next++; n < slices.length; n = next++) {
      const people = slices[n] ?? []
      for (const { userId } of people.slice(0, ONE_BY_ONE))
        await complete(ctx, { userId, revision: 0, mutationId: systemIds.uuid() })
      await completeInBulk(people.slice(ONE_BY_ONE))
      // Those of the slice that nobody has deleted, and that every writer has left behind.
      await disturb(people, n > 4 * WRITERS ? (slices[n - 4 * WRITERS]?.slice(-2) ?? []) : [])
      if (n === slices.length / 2) await rebuildTotals(ctx)
    }
  }
  const killer = async () => {
    while (next < slices.length) {
      const worker = await startWorker()
      await delay(200 + Math.random() * 1000)
      await kill(worker)
      tally.kills += 1
    }
  }
  await Promise.all([killer(), ...Array.from({ length: WRITERS }, writer)])
  const seconds = ((performance.now() - began) / 1000).toFixed(1)

  // What the dead had taken, and did not come to: the sweep of a worker takes it up, here without its pause.
  while ((await behind()) > 0) if ((await aggregateLate(ctx, { afterMs: 1000 })) === 0) await delay(100)
  const counted = await recount(sql)
  expect(await exactTotals(sql)).toEqual(counted)
  await rollUpTotals(ctx)
  expect(await exactTotals(sql)).toEqual(counted)
  expect(await rebuildTotals(ctx)).toEqual({ counted: COMPLETIONS - tally.deletions, corrected: 0, finished: true })
  for (const times of Object.values(tally)) expect(times).toBeGreaterThan(1)
  const { repeats, corrections, deletions, kills } = tally
  const oneByOne = (COMPLETIONS / SLICE) * ONE_BY_ONE
  console.log(
    `answers storm: ${COMPLETIONS} completions by ${WRITERS} writers in ${seconds} s, ${oneByOne} of them one by one, ` +
      `${repeats} repeats, ${corrections} corrections, ${deletions} deletions, ` +
      `one of two workers killed ${kills} times; ${Object.keys(counted).length} totals equal a recount`,
  )
  // A minute or two where nothing else runs; a busy machine is no defect.
}, 900_000)

function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))
}
