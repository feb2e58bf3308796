import { testDatabase } from '@gangway/db/testing'
import type { FunnelGroup, FunnelPeoplePage } from '@gangway/schemas/funnel'
import type { TelemetryName } from '@gangway/schemas/telemetry'
import { beforeEach, describe, expect, it } from 'vitest'
import { newSession } from '../testing/answers.ts'
import { recountFunnel } from '../testing/funnel.ts'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { funnelCohorts } from './cohorts.ts'
import { getFunnel } from './get-funnel.ts'
import { newestFirst } from '../paging/index.ts'
import { listFunnelPeople } from './people.ts'

const { db, sql } = await testDatabase()
const NOW = Date.parse('2026-03-10T12:00:00Z')
const base = { db, clock: testClock({ start: new Date(NOW) }), ids: seededIds('funnel'), log: silentLog() }
const ctx = { ...base, settings: { cursorKeys: ['key'] } }
const { id: actorId } = await newUser(db)
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

beforeEach(async () => {
  await sql`truncate telemetry_events, funnel_people, funnel_steps, onboarding_sessions, onboarding_runs cascade`
})

interface Told {
  daysAgo?: number
  variant?: string | null
  plan?: string
}

/** What somebody did, a minute between one thing and the next: `step_viewed work`, `completed`. */
async function person(did: readonly string[], { daysAgo = 3, variant = 'control', plan = 'SCALE' }: Told = {}): Promise<string> {
  const { id: userId } = await newUser(db)
  await tell(userId, did, { daysAgo, variant, plan })
  return userId
}

async function tell(userId: string, did: readonly string[], { daysAgo = 3, variant = 'control', plan = 'SCALE' }: Told = {}) {
  const rows = did.map((line, index) => {
    const [name = '', step = null] = line.split(' ')
    const at = new Date(NOW - daysAgo * DAY_MS + index * MINUTE_MS)
    const props = sql.json(name === 'step_completed' ? { elapsedMs: 1500 } : name === 'checkout_started' ? { plan } : {})
    return { id: crypto.randomUUID(), user_id: userId, name, step, variant, at, props }
  })
  await sql`insert into telemetry_events ${sql(rows)}`
}

async function run(userId: string, state: string, kind: string): Promise<string> {
  const failure = sql.json({ code: 'X', message: 'x', errorId: 'x', kind })
  const [row] = await sql<{ id: string }[]>`
    insert into onboarding_runs (checkout_session_id, user_id, plan, slug, company_name, state, failure)
    values (${crypto.randomUUID()}, ${userId}, 'SCALE', 'acme', 'Acme', ${state}, ${failure}) returning id`
  return row?.id ?? ''
}

const funnel = (filter = {}) => getFunnel(ctx, { filter })
const stepOf = async (id: string, filter = {}) => (await funnel(filter)).steps.find(({ step }) => step === id)
const reached = async (filter = {}) =>
  Object.fromEntries((await funnel(filter)).milestones.map(({ milestone, people }) => [milestone, people]))

function people(group: FunnelGroup, page: { cursor?: string; limit?: number } = {}): Promise<FunnelPeoplePage> {
  return listFunnelPeople(ctx, { actorId, filter: {}, group, limit: 50, ...page })
}

describe('getFunnel', () => {
  it('of nobody says nothing', async () => {
    expect(await funnel()).toMatchObject({ steps: [], timeToFirstValue: null })
    expect(await reached()).toMatchObject({ started: 0, first_value: 0 })
  })

  it('follows the order of the questionnaire, and puts steps that no version asks last', async () => {
    await person(['step_viewed zeta', 'step_viewed workspace', 'step_completed profile'])
    const { steps } = await funnel()
    expect(steps.map(({ step, title }) => [step, title])).toEqual([
      ['profile', 'Your profile'],
      ['workspace', 'Your workspace'],
      ['zeta', 'zeta'],
    ])
    expect(steps[0]).toMatchObject({ viewed: 1, completed: 1, time: { median: 2, p90: 2 } })
  })

  it('counts who stops at one place: the step of those left open where they were seen last', async () => {
    await person(['step_viewed work', 'validation_failed work', 'step_viewed tools', 'save_attempted work'])
    expect(await stepOf('work')).toMatchObject({ stopped: { validation: 1, left: 0 } })
    expect(await stepOf('tools')).toMatchObject({ viewed: 1, stopped: { validation: 0, left: 0 } })
  })

  it.each([
    [['save_attempted', 'save_retried'], 'system'],
    [['save_attempted', 'save_retried', 'save_attempted'], 'left'],
    [['save_queued'], 'system'],
    [['validation_failed', 'save_attempted', 'step_viewed'], 'validation'],
    [['save_retried', 'validation_failed'], 'validation'],
    [['validation_failed', 'save_retried'], 'system'],
    [['save_conflicted'], 'left'],
  ] as const)('%s, and then nothing, is %s', async (names, reason) => {
    await person(['step_viewed', ...names].map((name) => `${name} work`))
    const none = { waiting: 0, left: 0, validation: 0, system: 0 }
    expect((await stepOf('work'))?.stopped).toEqual({ ...none, [reason]: 1 })
  })

  it('gives people 24 hours before it says that they have stopped', async () => {
    await person(['step_viewed work'], { daysAgo: 0.9 })
    await person(['step_viewed work'], { daysAgo: 1.1 })
    expect(await stepOf('work')).toMatchObject({ stopped: { waiting: 1, left: 1 } })
  })

  it('says of payers why their tenant is not there: by their newest run', async () => {
    const paid = ['completed', 'checkout_started']
    const [, taken, broken, again] = [await person(paid), await person(paid), await person(paid), await person(paid)]
    await run(taken, 'failed', 'customer')
    await run(broken, 'failed', 'permanent')
    await run(again, 'failed', 'permanent')
    await run(again, 'running', 'permanent')
    const { milestones } = await funnel()
    const stopped = { waiting: 0, left: 2, validation: 1, system: 1 }
    expect(milestones).toContainEqual({ milestone: 'checkout_started', people: 4, stopped })
  })

  it('is of a window, a variant, a plan', async () => {
    await person(['completed', 'checkout_started'], { plan: 'STARTER' })
    await person(['completed'], { daysAgo: 10, variant: 'short' })
    expect(await reached()).toMatchObject({ started: 2, completed: 2 })
    expect(await reached({ plan: 'STARTER' })).toMatchObject({ started: 1, checkout_started: 1 })
    expect(await reached({ variant: 'short' })).toMatchObject({ started: 1, checkout_started: 0 })
    expect(await reached({ startedFrom: new Date(NOW - 3 * DAY_MS) })).toMatchObject({ started: 1, checkout_started: 1 })
    expect(await reached({ startedBefore: new Date(NOW - 3 * DAY_MS) })).toMatchObject({ started: 1, checkout_started: 0 })
    await expect(funnel({ startedFrom: new Date(NOW), startedBefore: new Date(0) })).rejects.toThrow('INPUT_INVALID')
  })

  it('knows the role from the session, whatever came first, and forgets it with the answers', async () => {
    const early = await person(['step_viewed work'])
    const { id: late } = await newUser(db)
    for (const userId of [early, late]) await newSession(sql, userId, { answers: { work: { role: 'data' } } })
    expect(await reached()).toMatchObject({ started: 1 })
    await tell(late, ['step_viewed work'])
    expect(await reached({ roles: ['data', 'sales'] })).toMatchObject({ started: 2 })
    await sql`update onboarding_sessions set answers = '{"work": {"role": "sales"}}' where user_id = ${early}`
    expect(await reached({ roles: ['data'] })).toMatchObject({ started: 1 })
    await sql`update onboarding_sessions set answers = '{}'`
    expect(await reached({ roles: ['data', 'sales'] })).toMatchObject({ started: 0 })
  })

  it('race: batches of one person that come at the same time all count', async () => {
    const { id: userId } = await newUser(db)
    await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        tell(userId, ['save_retried work', index % 2 ? 'save_conflicted work' : 'save_retried tools'], { daysAgo: 3 + index }),
      ),
    )
    expect(await stepOf('work')).toMatchObject({
      viewed: 1,
      retries: { times: 16, people: 1 },
      conflicts: { times: 8, people: 1 },
    })
    const [row] = await sql`select started_at, last_at from funnel_people`
    expect(row).toEqual({ started_at: new Date(NOW - 18 * DAY_MS), last_at: new Date(NOW - 3 * DAY_MS + MINUTE_MS) })
  })

  it('goes with its people', async () => {
    const userId = await person(['step_viewed work'])
    await sql`delete from users where id = ${userId}`
    expect(await reached()).toMatchObject({ started: 0 })
    expect(await sql`select 1 from funnel_steps`).toEqual([])
  })
})

describe('funnelCohorts', () => {
  it("are days of the reader's calendar, or weeks from Monday, the newest first", async () => {
    // 12:00 in UTC of Tuesday, the 10th of March, is the 11th for those who live by Auckland.
    for (const daysAgo of [0, 2, 1, 8]) await person(['step_viewed work', 'completed'], { daysAgo })
    const keys = async (by: 'day' | 'week' | 'month', timeZone: string) =>
      (await funnelCohorts(ctx, { filter: {}, by, timeZone })).map((cohort) => `${cohort.key}: ${cohort.people.completed}`)
    expect(await keys('day', 'UTC')).toEqual(['2026-03-10: 1', '2026-03-09: 1', '2026-03-08: 1', '2026-03-02: 1'])
    expect(await keys('day', 'Pacific/Auckland')).toEqual(['2026-03-11: 1', '2026-03-10: 1', '2026-03-09: 1', '2026-03-03: 1'])
    expect(await keys('week', 'UTC')).toEqual(['2026-03-09: 2', '2026-03-02: 2'])
    expect(await keys('month', 'UTC')).toEqual(['2026-03-01: 4'])
  })

  it('are plans, the largest first, and those without one last', async () => {
    await person(['completed', 'checkout_started', 'first_value'], { plan: 'STARTER' })
    for (const plan of ['SCALE', 'SCALE']) await person(['completed', 'checkout_started'], { plan })
    for (let one = 0; one < 3; one++) await person(['completed'])
    const cohorts = await funnelCohorts(ctx, { filter: {}, by: 'plan', timeZone: 'UTC' })
    expect(cohorts.map(({ key, people: { started } }) => [key, started])).toEqual([
      ['SCALE', 2],
      ['STARTER', 1],
      [null, 3],
    ])
    expect(cohorts.map(({ timeToFirstValue }) => timeToFirstValue)).toEqual([null, { median: 120, p90: 120 }, null])
  })
})

describe('listFunnelPeople', () => {
  const MOVES = ['step_viewed work', 'save_retried work', 'validation_failed work', 'step_skipped tools', 'save_conflicted tools']
  const FACTS = ['step_completed work', 'completed', 'checkout_started', 'provisioned', 'key_revealed', 'first_value']

  it('has as many people behind each number as the number says', async () => {
    for (let one = 0; one < 40; one++) {
      const moves = MOVES.filter((_, index) => (one >> index) % 2 === 1)
      await person(['step_viewed profile', ...moves, ...FACTS.slice(0, one % 7)], { daysAgo: one % 5 })
    }
    const { steps, milestones } = await funnel()
    const numbers: [FunnelGroup, number][] = []
    const stops = (stopped: (typeof steps)[number]['stopped']) =>
      [
        ['waiting', stopped.waiting],
        ['left', stopped.left],
        ['validation', stopped.validation],
        ['system', stopped.system],
      ] as const
    for (const { step, viewed, completed, skipped, stopped, retries, conflicts, offlineSaves } of steps) {
      const at = 'step' as const
      numbers.push([{ at, step, what: 'viewed' }, viewed], [{ at, step, what: 'completed' }, completed])
      numbers.push([{ at, step, what: 'skipped' }, skipped], [{ at, step, what: 'retries' }, retries.people])
      numbers.push([{ at, step, what: 'conflicts' }, conflicts.people], [{ at, step, what: 'offlineSaves' }, offlineSaves.people])
      for (const [what, number] of stops(stopped)) numbers.push([{ at, step, what }, number])
    }
    for (const { milestone, people: number, stopped } of milestones) {
      numbers.push([{ at: 'milestone', milestone, what: 'reached' }, number])
      for (const [what, stop] of stops(stopped)) numbers.push([{ at: 'milestone', milestone, what }, stop])
    }
    const found = []
    for (const [group] of numbers) found.push([group, (await people(group)).rows.length])
    expect(found).toEqual(numbers)
    expect(numbers.filter(([, number]) => number > 0).length).toBeGreaterThan(20)
  })

  it('says who, how far, and by which run; and is in the audit log', async () => {
    const userId = await person(['step_viewed work', 'checkout_started'], { variant: 'short' })
    await run(userId, 'failed', 'permanent')
    const runId = await run(userId, 'running', 'permanent')
    await sql`update onboarding_runs set created_at = now() + interval '1 hour' where id = ${runId}`
    const { rows, count } = await people({ at: 'step', step: 'work', what: 'viewed' })
    expect(count).toEqual({ value: 1, exact: true })
    expect(rows).toMatchObject([
      { userId, runId, variant: 'short', plan: 'SCALE', role: null, milestone: 'checkout_started', name: 'Ada Lovelace' },
    ])
    const [audit] = await sql`select action, actor_id, subject_id from audit_log order by id desc limit 1`
    expect(audit).toEqual({ action: 'funnel.people_read', actor_id: actorId, subject_id: 'work viewed' })
  })

  it('goes by pages, from who started last, each person once', async () => {
    const userIds = []
    for (const daysAgo of [9, 5, 5, 5, 2]) userIds.unshift(await person(['completed'], { daysAgo }))
    const group = { at: 'milestone', milestone: 'completed', what: 'left' } as const
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await people(group, { limit: 2, ...(cursor && { cursor }) })
      seen.push(...page.rows.map(({ userId }) => userId))
      cursor = page.nextCursor
    }
    expect([seen[0], seen.at(-1), seen.toSorted()]).toEqual([userIds[0], userIds.at(-1), userIds.toSorted()])
    const { nextCursor } = await people(group, { limit: 2 })
    await expect(people({ ...group, what: 'reached' }, { cursor: nextCursor ?? '' })).rejects.toThrow('INPUT_INVALID')
    const place = { micros: '0', id: crypto.randomUUID() }
    for (const forged of ['nonsense', newestFirst.encode(place, { group }), nextCursor?.split('.')[0] ?? '']) {
      await expect(people(group, { cursor: forged })).rejects.toMatchObject({ details: { fields: ['cursor'] } })
    }
  })
})

it('the recount knows the run of a payer as well', async () => {
  const userId = await person(['checkout_started'])
  await run(userId, 'failed', 'customer')
  const name: TelemetryName = 'checkout_started'
  const told = [{ userId, name, step: null, at: NOW - 3 * DAY_MS, elapsedMs: 0 }]
  expect((await funnel()).milestones).toEqual(
    recountFunnel(told, { now: NOW, runTrouble: { [userId]: 'validation' } }).milestones,
  )
})
