import { testDatabase } from '@gangway/db/testing'
import { TELEMETRY_NAMES } from '@gangway/schemas/telemetry'
import { RUN_STATES } from '@gangway/schemas/provisioning'
import { beforeEach, describe, expect, it } from 'vitest'
import { aggregateSessions, rollUpTotals } from '../answers/index.ts'
import { syncBilling } from '../billing/index.ts'
import { examineAll } from '../doctor/index.ts'
import { exportNightly } from '../exports/index.ts'
import { alertStaff, remindInvites, reportFailedRuns, sendMail, sendNudges } from '../notifications/index.ts'
import { countRuns, fulfil, retryRun, sweep, syncAllPending } from '../provisioning/index.ts'
import { getOrCreateSession, listExperiments, listManifests } from '../questionnaire/index.ts'
import { backfillStarterKits } from '../starter/index.ts'
import { exactTotals, newSession, recount, someAnswers } from '../testing/answers.ts'
import { memoryMailer } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { remindersContext } from '../testing/reminders.ts'
import { newWorld } from '../testing/world.ts'
import { isDemoAddress } from './address.ts'
import { makeDemo, removeDemo } from './index.ts'

/** Thousands of people, each time. */
const PATIENCE = { timeout: 90_000 }

const database = await testDatabase()
const { db, sql } = database
const { ctx, warehouse, jobs, paidCheckout } = await newWorld(database)

/** Every row of every table, in short. Deltas that wait are rolled up before. */
async function everything(): Promise<Record<string, string>> {
  await rollUpTotals(ctx)
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`
  const digests = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await sql<{ digest: string }[]>`
        select count(*) || ' ' || coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') as digest from ${sql(name)} t`
      return [name, row?.digest ?? ''] as const
    }),
  )
  return Object.fromEntries(digests)
}

const count = async (table: string) => Number((await sql`select count(*)::int as n from ${sql(table)}`)[0]?.['n'])

/** People, answers and a tenant that nobody has made up. */
async function realOnes() {
  const sessionIds = []
  for (let n = 0; n < 30; n++) {
    const { id } = await newUser(db)
    sessionIds.push(await newSession(sql, id, { answers: someAnswers(n) }))
  }
  await aggregateSessions(ctx, { sessionIds })
  const { settled } = await fulfil(ctx, { checkoutSessionId: await paidCheckout() })
  await settled
}

beforeEach(async () => {
  await removeDemo(ctx)
})

describe('makeDemo', PATIENCE, () => {
  it('makes up people of all kinds, who count as everybody does', async () => {
    const report = await makeDemo(ctx, { people: 1500, days: 90, seed: 'kinds' })
    expect(report).toMatchObject({
      resumedAfter: 0,
      made: 1500,
      finished: true,
      batch: { people: 1500, days: 90, seed: 'kinds' },
    })
    expect(await count('demo_people')).toBe(1500)

    const names = await sql<{ name: string }[]>`select distinct name from telemetry_events order by 1`
    expect(names.map(({ name }) => name)).toEqual(TELEMETRY_NAMES.toSorted())
    const { states } = await countRuns(ctx)
    const seen = RUN_STATES.filter((state) => states[state] > 0)
    expect(seen).toEqual(expect.arrayContaining(['succeeded', 'failed', 'rolled_back']))
    expect([states.running, states.pending]).toEqual([0, 0])

    expect(await exactTotals(sql)).toEqual(await recount(sql))
    const [late] = await sql`
      select (select count(*)::int from telemetry_events_rest) as events, (select count(*)::int from onboarding_stage_events_rest) as journal,
             (select count(*)::int from telemetry_events where at > (select until from demo_batches)) as ahead,
             (select count(*)::int from users where email not like '%@demo.invalid' and id in (select user_id from demo_people)) as reachable`
    expect({ ...late }).toEqual({ events: 0, journal: 0, ahead: 0, reachable: 0 })
  })

  it('is known to the planner at once, so that estimates hold', async () => {
    await makeDemo(ctx, { people: 1000, days: 30, seed: 'planner' })
    const rows = await sql<{ table: string; expected: number; real: number }[]>`
      select 'snapshots' as table, reltuples::int as expected, (select count(*)::int from onboarding_answer_snapshots) as real
      from pg_class where oid = 'onboarding_answer_snapshots'::regclass
      union all select 'people', reltuples::int, (select count(*)::int from funnel_people) from pg_class where oid = 'funnel_people'::regclass`
    for (const { expected, real } of rows) expect([real > 500, expected]).toEqual([true, real])
  })

  it('shows an experiment, and asks nobody by it', async () => {
    const before = await listManifests(ctx)
    await makeDemo(ctx, { people: 2000, days: 90, seed: 'experiment' })
    const [experiment] = await listExperiments(ctx)
    expect(experiment).toMatchObject({ version: -1, isCurrent: false })
    const [control, fewer] = experiment?.variants ?? []
    expect([control?.variant, fewer?.variant, fewer?.verdict]).toEqual(['control', 'fewer-questions', 'better'])
    expect((control?.exposed ?? 0) + (fewer?.exposed ?? 0)).toBeGreaterThan(1950)
    expect(await listManifests(ctx)).toEqual(before)
    const { id: userId } = await newUser(db)
    expect(await getOrCreateSession(ctx, { userId })).toMatchObject({ manifestVersion: 1, variant: 'control' })
  })

  it('goes on with a batch that was cut off, and ends as if it had not been', async () => {
    const wanted = { people: 1300, days: 30, seed: 'cut off' }
    const cut = new AbortController()
    const first = await makeDemo(ctx, { ...wanted, signal: cut.signal, onProgress: () => cut.abort() })
    expect(first).toMatchObject({ made: 500, finished: false })
    expect(await makeDemo(ctx, wanted)).toMatchObject({ resumedAfter: 500, made: 800, finished: true })
    expect(await makeDemo(ctx, wanted)).toMatchObject({ resumedAfter: 1300, made: 0, finished: true })
    const inParts = await sql`select id, name from users where id in (select user_id from demo_people) order by id`
    await removeDemo(ctx)
    await makeDemo(ctx, wanted)
    expect(await sql`select id, name from users where id in (select user_id from demo_people) order by id`).toEqual(inParts)
  })

  it('without a seed it goes on with what was cut off, and else makes other people', async () => {
    const wanted = { people: 600, days: 10 }
    const cut = new AbortController()
    const first = await makeDemo(ctx, { ...wanted, signal: cut.signal, onProgress: () => cut.abort() })
    const second = await makeDemo(ctx, wanted)
    expect([second.batch.id, second.resumedAfter, second.made]).toEqual([first.batch.id, 500, 100])
    expect((await makeDemo(ctx, wanted)).batch.id).not.toBe(first.batch.id)
    expect([await count('demo_people'), await count('demo_batches')]).toEqual([1200, 2])
  })

  it('race: three at once make each person of a batch once', async () => {
    const wanted = { people: 1100, days: 20, seed: 'race' }
    const reports = await Promise.all([1, 2, 3].map(() => makeDemo(ctx, wanted)))
    expect(reports.every(({ finished }) => finished)).toBe(true)
    expect(reports.reduce((sum, { made }) => sum + made, 0)).toBe(1100)
    expect(await count('demo_people')).toBe(1100)
    expect(await exactTotals(sql)).toEqual(await recount(sql))
  })
})

describe('removeDemo', PATIENCE, () => {
  it('leaves everything to the letter as it was', async () => {
    await realOnes()
    const before = await everything()
    await makeDemo(ctx, { people: 700, days: 90, seed: 'gone' })
    await makeDemo(ctx, { people: 300, days: 20 })
    const between = await everything()
    expect(Object.keys(before).filter((table) => before[table] !== between[table])).toEqual(
      expect.arrayContaining([
        'onboarding_answer_group_totals',
        'onboarding_runs',
        'step_manifests',
        'telemetry_events',
        'users',
      ]),
    )
    expect(await removeDemo(ctx)).toEqual({ batches: 2, people: 1000, finished: true })
    expect(await everything()).toEqual(before)
    expect(await removeDemo(ctx)).toEqual({ batches: 0, people: 0, finished: true })
  })

  it('goes on where it was cut off; until then nobody is added', async () => {
    const before = await everything()
    const wanted = { people: 1200, days: 30, seed: 'half' }
    await makeDemo(ctx, wanted)
    const cut = new AbortController()
    expect(await removeDemo(ctx, { signal: cut.signal, onProgress: () => cut.abort() })).toMatchObject({
      people: 500,
      finished: false,
    })
    expect(await makeDemo(ctx, wanted)).toMatchObject({ made: 0 })
    expect(await count('demo_people')).toBe(700)
    expect(await removeDemo(ctx)).toEqual({ batches: 1, people: 700, finished: true })
    expect(await everything()).toEqual(before)
  })

  it('race: two who remove, and one who makes meanwhile, leave nobody', async () => {
    const before = await everything()
    await makeDemo(ctx, { people: 600, days: 30, seed: 'both' })
    const making = makeDemo(ctx, { people: 1100, days: 30, seed: 'meanwhile' })
    const removals = await Promise.all([removeDemo(ctx), removeDemo(ctx)])
    await making
    expect(removals.every(({ finished }) => finished)).toBe(true)
    await removeDemo(ctx)
    expect(await everything()).toEqual(before)
  })

  it('takes along what was made in the warehouse since, for a run that somebody tried again', async () => {
    const datasets = [...warehouse.datasets]
    await makeDemo(ctx, { people: 1500, days: 90, seed: 'tried again' })
    const [failed] = await sql<{ id: string }[]>`
      select id from onboarding_runs where state = 'failed' and stages_completed = 2 limit 1`
    const { settled } = await retryRun(ctx, { runId: failed?.id ?? '', fromStage: 'set_up_workspace', actorId: ctx.ids.uuid() })
    await settled
    expect(warehouse.datasets).toHaveLength(datasets.length + 1)
    await removeDemo(ctx)
    expect(warehouse.datasets).toEqual(datasets)
  })
})

describe('whoever was made up', PATIENCE, () => {
  it('is left alone by everything that goes on by itself', async () => {
    await makeDemo(ctx, { people: 2000, days: 30, seed: 'left alone' })
    await sql`
      insert into users (name, email, role) values ('Grace', 'grace@example.com', 'admin') on conflict do nothing`
    // Enough of them to raise an alert, if they counted.
    await sql`
      insert into pending_backend_syncs (run_id, org_slug, api_key_fingerprint, backend_onboarded_at, status)
      select id, slug, 'f', now(), 'failed' from onboarding_runs r join demo_people using (user_id)
      where not exists (select from pending_backend_syncs where run_id = r.id) limit 20`
    const before = await everything()
    const [enqueued, datasets] = [jobs.enqueued.length, [...warehouse.datasets]]

    const { settled, advanced } = await sweep(ctx)
    await settled
    expect(advanced).toBe(0)
    expect(await syncAllPending(ctx)).toEqual({ synced: 0, failed: 0 })
    const reminders = remindersContext(database)
    for (const days of [0, 1, 1, 1, 5]) {
      await reminders.clock.advance(days * 24 * 60 * 60 * 1000)
      await sendNudges(reminders)
      await remindInvites(reminders)
    }
    expect(reminders.jobs.payloads('notifications.send-mail').filter(({ to }) => isDemoAddress(to))).toEqual([])
    await sql`delete from onboarding_nudges where session_id not in (select id from onboarding_sessions join demo_people using (user_id))`
    const today = remindersContext(database)
    expect([await alertStaff(today), await reportFailedRuns(today)]).toEqual([0, 0])
    expect(today.jobs.enqueued).toEqual([])
    expect(await examineAll(ctx)).toMatchObject({ differing: 0, unknown: 0 })
    const lacking = await backfillStarterKits(ctx, { dryRun: true })
    expect(lacking.total).toBeLessThanOrEqual((await count('users')) - (await count('demo_people')))
    expect(await syncBilling(ctx)).toMatchObject({ repaired: 0, missing: 0, failed: 0 })
    await sql`delete from organization_health`
    await sql`truncate answer_export_days`
    const days = (await exportNightly({ ...ctx, exportTarget: undefined })).days
    const [real] =
      await sql`select count(*)::int as n from onboarding_answer_snapshots where user_id not in (select user_id from demo_people)`
    const exported = await sql`select coalesce(sum(rows), 0)::int as n from answer_export_days`
    expect(exported[0]?.['n']).toBeLessThanOrEqual(real?.['n'] ?? 0)
    await sql`truncate answer_export_days`
    expect(days.length).toBeLessThanOrEqual(1)
    expect((await countRuns(ctx)).stuck).toBe(0)

    expect([jobs.enqueued.length, [...warehouse.datasets]]).toEqual([enqueued, datasets])
    expect(await everything()).toEqual(before)
  })

  it('gets no mail, whoever writes to them', async () => {
    const mailer = memoryMailer()
    const mail = { dedupeKey: 'welcome:1', subject: 'Welcome', text: 'Hello', html: '<p>Hello</p>' }
    await sendMail({ ...ctx, mailer }, { ...mail, to: 'ada.lovelace.abcde1@demo.invalid' })
    await sendMail({ ...ctx, mailer }, { ...mail, dedupeKey: 'welcome:2', to: 'ada@example.com' })
    expect(mailer.sent.map(({ to }) => to)).toEqual(['ada@example.com'])
  })
})
