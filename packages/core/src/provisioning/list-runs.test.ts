import { testDatabase } from '@gangway/db/testing'
import { RUN_STATES, STAGE_IDS } from '@gangway/schemas/provisioning'
import { PLAN_IDS } from '@gangway/schemas/plans'
import { listRunsInputSchema, type RunRow, type RunsFilter, runsPageSchema } from '@gangway/schemas/runs'
import { beforeAll, describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { listAllRuns } from './list-runs.ts'
import { watchRuns } from './watch-runs.ts'

const { db, sql } = await testDatabase()
const clock = testClock()
const ctx = { db, clock, ids: seededIds('runs'), log: silentLog() }
const RUNS = 120

beforeAll(async () => {
  const [ada, grace] = [await newUser(db), await newUser(db, { email: 'grace_hopper@example.com' })]
  const rows = Array.from({ length: RUNS }, (_, index) => ({
    checkout_session_id: `cs_list_${index}`,
    user_id: index === 7 ? grace.id : ada.id,
    plan: PLAN_IDS[Math.floor(index / 7) % PLAN_IDS.length],
    slug: `list_${index}`,
    company_name: index === 9 ? '100% Müller & Co' : `Company ${index}`,
    state: RUN_STATES[index % RUN_STATES.length],
    stages_completed: index % 6,
    // Three a time share their instant, and the others differ in microseconds only.
    created_at: `2026-03-01T10:00:00.${String(500_000 + Math.floor(index / 3)).padStart(6, '0')}Z`,
  }))
  await sql`
    insert into onboarding_runs (checkout_session_id, user_id, plan, slug, company_name, state, stages_completed, created_at)
    select checkout_session_id, user_id, plan, slug, company_name, state, stages_completed, created_at
    from jsonb_to_recordset(${sql.json(rows)}::jsonb) as rows(checkout_session_id text, user_id uuid, plan text, slug text,
      company_name text, state text, stages_completed smallint, created_at timestamptz)`
})

async function walk(filter: RunsFilter, limit = 50): Promise<RunRow[]> {
  const rows: RunRow[] = []
  let cursor: string | null = null
  do {
    const page = await listAllRuns(ctx, listRunsInputSchema.parse({ filter, limit, cursor }))
    expect(runsPageSchema.parse(page)).toEqual(page)
    rows.push(...page.rows)
    cursor = page.nextCursor
    if (cursor === null) expect(page.count).toEqual({ value: rows.length, exact: true })
  } while (cursor)
  return rows
}

describe('listAllRuns', () => {
  it.each([1, 7, 200])('pages of %i cover every run exactly once, newest first', async (limit) => {
    const expected = await sql`select id from onboarding_runs order by created_at desc, id desc`
    expect((await walk({}, limit)).map(({ id }) => id)).toEqual(expected.map((row) => row['id']))
  })

  it('filters by several states, stages and plans, and by all of them at once', async () => {
    const filter: RunsFilter = {
      states: ['failed', 'running'],
      stages: ['create_organization', 'finalize'],
      plans: ['STARTER', 'SCALE'],
    }
    for (const part of [{ states: filter.states }, { stages: filter.stages }, { plans: filter.plans }, filter]) {
      const fits = (row: RunRow) =>
        (part.states?.includes(row.state) ?? true) &&
        (part.plans?.includes(row.plan) ?? true) &&
        (part.stages === undefined || (row.stage !== null && part.stages.includes(row.stage)))
      const expected = (await walk({})).filter(fits)
      expect(expected.length).toBeGreaterThan(0)
      expect(await walk(part, 3)).toEqual(expected)
    }
  })

  it('tells the stage that a run is at, and none once all are completed', async () => {
    for (const { stage, stagesCompleted } of await walk({})) expect(stage).toBe(STAGE_IDS[stagesCompleted] ?? null)
    expect(await walk({ stages: [] })).toHaveLength(RUNS)
  })

  it.each([
    ['the checkout', 'CS_LIST_77', ['list_77']],
    ['the slug', 'list_88', ['list_88']],
    ['the company', 'müller', ['list_9']],
    ['the e-mail address', 'grace_hopper@', ['list_7']],
    ['characters that LIKE knows', '100%', ['list_9']],
    ['a wildcard that is none here', 'list%1', []],
  ])('finds by %s', async (_, text, slugs) => {
    expect((await walk({ text })).map(({ slug }) => slug)).toEqual(slugs)
  })

  it('keeps to a window, and refuses one that ends before it begins', async () => {
    const at = (time: string) => new Date(`2026-03-01T10:00:00.${time}Z`)
    expect(await walk({ createdFrom: at('500'), createdBefore: at('501') })).toHaveLength(RUNS)
    expect(await walk({ createdBefore: at('500') })).toEqual([])
    await expect(walk({ createdFrom: at('501'), createdBefore: at('500') })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('refuses the cursor of another filter', async () => {
    const { nextCursor } = await listAllRuns(ctx, { filter: { states: ['failed', 'running'] }, limit: 1 })
    const same = await listAllRuns(ctx, { filter: { states: ['running', 'failed'] }, limit: 1, cursor: nextCursor })
    expect(same.rows).toHaveLength(1)
    const other = listAllRuns(ctx, { filter: { states: ['failed'] }, limit: 1, cursor: nextCursor })
    await expect(other).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('watchRuns', () => {
  it('shows the list at once, and again only when something in it has moved', async () => {
    const reader = new AbortController()
    const filter = { text: 'list_4', states: ['failed' as const] }
    const watching = watchRuns(ctx, { filter, limit: 5, signal: reader.signal })
    const first = await watching.next()
    expect(first.value).toEqual(await listAllRuns(ctx, { filter, limit: 5 }))

    const [before] = first.value?.rows ?? []
    const second = watching.next()
    for (let looks = 0; looks < 3; looks++) await clock.advance(2000)
    await sql`update onboarding_runs set state = 'running', updated_at = now() where id = ${before?.id ?? null}`
    const moved = await untilAnswered(second)
    expect(moved.rows.map(({ id }) => id)).not.toContain(before?.id)
    expect(moved.count.value).toBe((first.value?.count.value ?? 0) - 1)

    reader.abort()
    expect(await watching.next()).toEqual({ done: true, value: undefined })
  })
})

/** Lets the clock run until the watcher has looked again. */
async function untilAnswered<Value>(next: Promise<IteratorResult<Value, void>>): Promise<Value> {
  let answer: IteratorResult<Value, void> | undefined
  void next.then((result) => (answer = result))
  await expect.poll(async () => (await clock.advance(2000), answer !== undefined), { interval: 10 }).toBe(true)
  const { value } = await next
  if (!value) throw new Error('the watcher has ended')
  return value
}
