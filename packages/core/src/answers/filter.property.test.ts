import { testDatabase } from '@gangway/db/testing'
import { type AnswersFilter, answersFilterSchema, listAnswersInputSchema, type Snapshot } from '@gangway/schemas/answers'
import { PLAN_IDS } from '@gangway/schemas/plans'
import type { Role } from '@gangway/schemas/questionnaire'
import fc from 'fast-check'
import { beforeEach, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newOrganization } from '../testing/organization.ts'
import { newUser } from '../testing/new-user.ts'
import { listAnswers } from './browse.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('filter'), log: silentLog(), settings: { cursorKeys: ['key'] } }
const actorId = crypto.randomUUID()
const { id: userId } = await newUser(db, { name: 'Grace Hopper', email: 'grace@navy.example' })
const orgs = await Promise.all(PLAN_IDS.map((plan) => newOrganization(db, { plan })))

const ROLES: readonly Role[] = ['data', 'finance', 'design']
const VARIANTS = ['control', 'short']
const TEAMS = ['platform', 'growth', 'Data & Insights']
const DAY = 86_400_000
const FIRST = Date.parse('2026-01-01')

interface Given {
  role: Role | null
  /** Of `orgs`; the next one is none. */
  org: number
  variant: string
  version: number
  team: string
  tools: string[]
  day: number
}

const given: fc.Arbitrary<Given> = fc.record({
  role: fc.constantFrom(null, ...ROLES),
  org: fc.nat(orgs.length),
  variant: fc.constantFrom(...VARIANTS),
  version: fc.integer({ min: 1, max: 2 }),
  team: fc.constantFrom(...TEAMS),
  tools: fc.subarray(['dbt', 'Looker']),
  // Few days: many were completed at the same time.
  day: fc.nat(4),
})

const filter: fc.Arbitrary<AnswersFilter> = fc
  .record(
    {
      roles: fc.subarray([...ROLES]),
      org: fc.constantFrom(...orgs.map(({ slug }) => slug), 'nobody'),
      plan: fc.constantFrom(...PLAN_IDS),
      variant: fc.constantFrom(...VARIANTS),
      schemaVersion: fc.integer({ min: 1, max: 3 }),
      answers: fc.subarray([
        ...TEAMS.map((value) => ({ step: 'work', field: 'team', value })),
        { step: 'tools', field: 'tools', value: 'dbt' },
        { step: 'tools', field: 'tools', value: 'Looker' },
      ]),
      text: fc.constantFrom('insights', 'Grace pla', 'navy.example', 'grace@navy.example', 'LOOK', 'nowhere'),
      completedFrom: fc.nat(4).map((day) => new Date(FIRST + day * DAY)),
    },
    { requiredKeys: [] },
  )
  .map((each) => answersFilterSchema.parse(each))

const WORDS: Record<string, (row: Given) => boolean> = {
  insights: (row) => row.team === 'Data & Insights',
  'Grace pla': (row) => row.team === 'platform',
  'navy.example': () => true,
  'grace@navy.example': () => true,
  LOOK: (row) => row.tools.includes('Looker'),
  nowhere: () => false,
}

/** The same filter, read by somebody who has never heard of an index. */
function passes(row: Given, { roles = [], org, plan, variant, schemaVersion, answers = [], text, completedFrom }: AnswersFilter) {
  const own = orgs[row.org]
  const flat = flatOf(row)
  return [
    roles.length === 0 || (row.role && roles.includes(row.role)),
    org === undefined || own?.slug === org,
    plan === undefined || (own && PLAN_IDS[row.org] === plan),
    variant === undefined || row.variant === variant,
    schemaVersion === undefined || row.version === schemaVersion,
    answers.every(({ step, field, value }) => flat.includes(`${step}.${field}=${value}`)),
    text === undefined || WORDS[text]?.(row),
    completedFrom === undefined || FIRST + row.day * DAY >= completedFrom.getTime(),
  ].every(Boolean)
}

function flatOf({ team, tools }: Given): string[] {
  return [`work.team=${team}`, ...tools.map((tool) => `tools.tools=${tool}`)]
}

/** Their ids, in the order of `rows`. */
async function insert(rows: readonly Given[]): Promise<string[]> {
  const inserted = rows.map((row) => ({
    ...{ id: crypto.randomUUID(), org: orgs[row.org]?.id ?? null, role: row.role, variant: row.variant, version: row.version },
    ...{ at: new Date(FIRST + row.day * DAY).toISOString(), flat: flatOf(row) },
  }))
  await sql`
    insert into onboarding_answer_snapshots
      (session_id, user_id, org_id, role, variant, completed_at, answer_schema_version, answers, flat)
    select id, ${userId}, org, role, variant, at, version, '{}', array(select jsonb_array_elements_text(flat))
    from jsonb_to_recordset(${sql.json(inserted)}::jsonb)
      as rows(id uuid, org uuid, role text, variant text, at timestamptz, version int, flat jsonb)`
  return inserted.map(({ id }) => id)
}

beforeEach(() => sql`truncate onboarding_answer_snapshots`)

/** `between` happens after each page. */
async function walk(wanted: AnswersFilter, limit: number, between: () => Promise<unknown> = async () => {}): Promise<Snapshot[]> {
  const rows: Snapshot[] = []
  let cursor: string | null = null
  do {
    const page = await listAnswers(ctx, { actorId, ...listAnswersInputSchema.parse({ filter: wanted, limit, cursor }) })
    rows.push(...page.rows)
    cursor = page.nextCursor
    await between()
  } while (cursor)
  return rows
}

it('any filter lets through what it says, newest first, page by page', async () => {
  const rows = fc.sample(given, { numRuns: 120, seed: 1 })
  const ids = await insert(rows)
  await fc.assert(
    fc.asyncProperty(filter, fc.integer({ min: 3, max: 60 }), async (wanted, limit) => {
      const found = await walk(wanted, limit)
      const expected = rows
        .flatMap((row, index) => (passes(row, wanted) ? [{ day: row.day, id: ids[index] ?? '' }] : []))
        .toSorted((a, b) => b.day - a.day || (a.id < b.id ? 1 : -1))
      expect(found.map(({ sessionId }) => sessionId)).toEqual(expected.map(({ id }) => id))
    }),
    { numRuns: 60 },
  )
})

it('pages cover every row that was there exactly once, and none twice, while others come in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(given, { minLength: 5, maxLength: 40 }),
      fc.array(given, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 9 }),
      async (first, later, limit) => {
        await sql`truncate onboarding_answer_snapshots`
        const ids = await insert(first)
        const found = (await walk({}, limit, () => insert(later.slice(0, limit - 1)))).map(({ sessionId }) => sessionId)
        expect(new Set(found).size).toBe(found.length)
        expect(ids.filter((id) => !found.includes(id))).toEqual([])
      },
    ),
    { numRuns: 30 },
  )
})
