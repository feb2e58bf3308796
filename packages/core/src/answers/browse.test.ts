import { testDatabase } from '@gangway/db/testing'
import type { AnswersFilter, Snapshot } from '@gangway/schemas/answers'
import { listAnswersInputSchema, snapshotPageSchema } from '@gangway/schemas/answers'
import { type DraftAnswers, ROLES } from '@gangway/schemas/questionnaire'
import { beforeAll, describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { listAnswers } from './browse.ts'

const { db, sql } = await testDatabase()
const cursorKeys = ['a key of today']
const ctx = { db, clock: testClock(), ids: seededIds('browse'), log: silentLog(), settings: { cursorKeys } }
const actorId = crypto.randomUUID()
const SNAPSHOTS = 250

interface Row {
  user_id: string
  role: string | null
  completed_at: string
  org_id?: string | null
  answers?: DraftAnswers
}

async function insertSnapshots(given: readonly Row[]) {
  const rows = given.map(({ org_id = null, answers = {}, ...row }) => ({ ...row, org_id, answers }))
  await sql`
    insert into onboarding_answer_snapshots (session_id, user_id, org_id, role, variant, completed_at, answer_schema_version, answers)
    select gen_random_uuid(), user_id, org_id, role, 'control', completed_at, 1, answers
    from jsonb_to_recordset(${sql.json(rows)}::jsonb)
      as rows(user_id uuid, org_id uuid, role text, completed_at timestamptz, answers jsonb)`
}

beforeAll(async () => {
  const user = await newUser(db, { email: 'grace@example.com' })
  // Five a time share their instant, and most differ from the next in microseconds only.
  await insertSnapshots(
    Array.from({ length: SNAPSHOTS }, (_, index) => ({
      user_id: user.id,
      role: ROLES[index % ROLES.length]?.value ?? null,
      completed_at: `2026-03-01T10:00:00.${String(500_000 + Math.floor(index / 5)).padStart(6, '0')}Z`,
    })),
  )
})

async function walk(filter: AnswersFilter, limit: number): Promise<Snapshot[]> {
  const rows: Snapshot[] = []
  let cursor: string | null = null
  do {
    const page = await listAnswers(ctx, { actorId, ...listAnswersInputSchema.parse({ filter, limit, cursor }) })
    expect(snapshotPageSchema.parse(page)).toEqual(page)
    rows.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor)
  return rows
}

describe('listAnswers', () => {
  it.each([1, 7, 50, 200])('pages of %i cover every row exactly once, newest first', async (limit) => {
    const rows = await walk({}, limit)
    const expected = await sql`select session_id from onboarding_answer_snapshots order by completed_at desc, session_id desc`
    expect(rows.map(({ sessionId }) => sessionId)).toEqual(expected.map((row) => row['session_id']))
  })

  it('filters by several roles and pages through them', async () => {
    const rows = await walk({ roles: ['data', 'finance'] }, 10)
    expect(new Set(rows.map(({ role }) => role))).toEqual(new Set(['data', 'finance']))
    const [count] = await sql`select count(*)::int as value from onboarding_answer_snapshots where role in ('data', 'finance')`
    expect(rows).toHaveLength(count?.['value'])
  })

  it('counts what the filter lets through, on every page', async () => {
    const first = await listAnswers(ctx, { actorId, filter: {}, limit: 10 })
    const second = await listAnswers(ctx, { actorId, filter: {}, limit: 10, cursor: first.nextCursor })
    expect([first.count, second.count]).toEqual(Array.from({ length: 2 }, () => ({ value: SNAPSHOTS, exact: true })))
    expect((await listAnswers(ctx, { actorId, filter: { roles: [] }, limit: 1 })).count.value).toBe(SNAPSHOTS)
  })

  it('a window holds its beginning and not its end', async () => {
    const at = (time: string) => new Date(`2026-03-01T10:00:00.${time}Z`)
    expect(await walk({ completedFrom: at('500'), completedBefore: at('501') }, 200)).toHaveLength(SNAPSHOTS)
    expect(await walk({ completedBefore: at('500') }, 200)).toEqual([])
    expect(await walk({ completedFrom: at('501') }, 200)).toEqual([])
  })

  it('a window that ends before it begins, a text without a word, and the cursor of another filter are refused', async () => {
    const wordless = listAnswers(ctx, { actorId, filter: { text: '%&' }, limit: 1 })
    await expect(wordless).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { fields: ['filter.text'] } })
    const backwards = { completedFrom: new Date('2026-03-02'), completedBefore: new Date('2026-03-01') }
    await expect(listAnswers(ctx, { actorId, filter: backwards, limit: 1 })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    const { nextCursor } = await listAnswers(ctx, { actorId, filter: {}, limit: 1 })
    const other = { actorId, filter: { roles: ['data' as const] }, limit: 1, cursor: nextCursor }
    await expect(listAnswers(ctx, other)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('tells the person’s address, the company and the organization', async () => {
    const user = await newUser(db)
    const [org] = await sql<{ id: string }[]>`
      insert into organizations (run_id, slug, name) values (${crypto.randomUUID()}, 'analytical_engines', 'Engines') returning id`
    const answers = { profile: { companyName: 'Analytical Engines' } }
    await insertSnapshots([
      { user_id: user.id, org_id: org?.id ?? null, role: 'data', completed_at: '2027-01-01T00:00:00Z', answers },
    ])
    const { rows } = await listAnswers(ctx, { actorId, filter: { completedFrom: new Date('2026-12-31') }, limit: 5 })
    expect(rows).toMatchObject([
      { email: user.email, company: 'Analytical Engines', orgSlug: 'analytical_engines', role: 'data', answers },
    ])
  })

  it('each call is in the audit log with its filter', async () => {
    const reader = crypto.randomUUID()
    const filter = { roles: ['data' as const], completedFrom: new Date('2026-03-01T00:00:00Z') }
    await listAnswers(ctx, { actorId: reader, filter, limit: 3 })
    const entries = await sql`select at, action, subject_type, detail from audit_log where actor_id = ${reader}`
    expect([...entries]).toEqual([
      {
        at: ctx.clock.now(),
        action: 'answers.read',
        subject_type: 'answers_list',
        detail: { filter: { roles: ['data'], completedFrom: '2026-03-01T00:00:00.000Z' }, limit: 3 },
      },
    ])
  })
})

describe('a cursor', () => {
  const first = () => listAnswers(ctx, { actorId, filter: {}, limit: 1 })

  it('is signed, also by a key that another has followed', async () => {
    const { nextCursor: cursor } = await first()
    const rotated = { ...ctx, settings: { cursorKeys: ['a key of tomorrow', ...cursorKeys] } }
    expect((await listAnswers(rotated, { actorId, filter: {}, limit: 1, cursor })).rows).toHaveLength(1)
    const foreign = { ...ctx, settings: { cursorKeys: ['another key'] } }
    await expect(listAnswers(foreign, { actorId, filter: {}, limit: 1, cursor })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { fields: ['cursor'] },
    })
  })

  it('that was forged is refused', async () => {
    const { nextCursor } = await first()
    const [content = '', signature = ''] = nextCursor?.split('.') ?? []
    const other = Buffer.from(
      Buffer.from(content, 'base64url')
        .toString()
        .replace(/"micros":"\d/, '"micros":"0'),
    ).toString('base64url')
    for (const cursor of [content, `${other}.${signature}`, `${content}.${signature.slice(1)}A`, 'nonsense', '.']) {
      const page = listAnswers(ctx, { actorId, filter: {}, limit: 1, cursor })
      await expect(page).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { fields: ['cursor'] } })
    }
  })
})

it('finds what is common among many in the order of all, page by page', async () => {
  const user = await newUser(db)
  await sql`
    insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers, flat)
    select gen_random_uuid(), ${user.id}, case when n % 2 = 0 then 'data' else 'design' end, 'control', timestamptz '2018-01-01' + (n / 7) * interval '1 second', 1, '{}',
      array['tools.tools=' || case when n % 3 = 0 then 'dbt' else 'Looker' end]
    from generate_series(1, 40000) n`
  await sql`analyze onboarding_answer_snapshots`
  const before = { completedBefore: new Date('2019-01-01') }
  for (const filter of [
    { answers: [{ step: 'tools', field: 'tools', value: 'Looker' }] },
    { text: 'looker', roles: ['data' as const, 'design' as const] },
  ]) {
    const pages = [await listAnswers(ctx, { actorId, filter: { ...filter, ...before }, limit: 60 })]
    pages.push(await listAnswers(ctx, { actorId, filter: { ...filter, ...before }, limit: 60, cursor: pages[0]?.nextCursor }))
    expect(pages[0]?.count.exact).toBe(false)
    const expected = await sql`
      select session_id from onboarding_answer_snapshots where flat @> '{tools.tools=Looker}' and completed_at < '2019-01-01'
      order by completed_at desc, session_id desc limit 120`
    expect(pages.flatMap(({ rows }) => rows.map(({ sessionId }) => sessionId))).toEqual(expected.map((row) => row['session_id']))
  }
  await sql`delete from onboarding_answer_snapshots where user_id = ${user.id}`
})

describe('the count', () => {
  it('is exact up to 10,000, and an estimate beyond that says so', async () => {
    const { id: userId } = await newUser(db)
    const old = { completedBefore: new Date('2020-01-01') }
    const insert = (rows: number) => sql`
      insert into onboarding_answer_snapshots (session_id, user_id, variant, completed_at, answer_schema_version, answers)
      select gen_random_uuid(), ${userId}, 'control', '2019-01-01', 1, '{}' from generate_series(1, ${rows})`
    await insert(10_000)
    expect((await listAnswers(ctx, { actorId, filter: old, limit: 1 })).count).toEqual({ value: 10_000, exact: true })
    await insert(1)
    await sql`analyze onboarding_answer_snapshots`
    const { count } = await listAnswers(ctx, { actorId, filter: old, limit: 1 })
    expect([count.exact, count.value > 10_000, count.value < 11_000]).toEqual([false, true, true])
    await sql`delete from onboarding_answer_snapshots where user_id = ${userId}`
  })
})
