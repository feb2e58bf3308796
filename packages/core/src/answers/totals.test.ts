import { testDatabase } from '@gangway/db/testing'
import { type AnswerTotals, answerTotalsInputSchema, answerTotalsSchema } from '@gangway/schemas/answer-totals'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { beforeEach, describe, expect, it } from 'vitest'
import { exactTotals, newSession, recount } from '../testing/answers.ts'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { aggregateSessions } from './aggregate.ts'
import { rebuildTotals } from './rebuild-totals.ts'
import { rollUpTotals } from './roll-up.ts'
import { answerTotals } from './totals.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('totals'), log: silentLog() }
const { id: userId } = await newUser(db)

beforeEach(async () => {
  await sql`truncate onboarding_sessions, onboarding_answer_snapshots, onboarding_answer_group_totals, onboarding_answer_deltas cascade`
})

async function complete(...given: DraftAnswers[]): Promise<string[]> {
  const sessionIds = []
  for (const answers of given) sessionIds.push(await newSession(sql, userId, { answers }))
  await aggregateSessions(ctx, { sessionIds })
  return sessionIds
}

async function totals(input: Parameters<typeof answerTotalsInputSchema.parse>[0] = {}): Promise<AnswerTotals> {
  const found = await answerTotals(ctx, { ...answerTotalsInputSchema.parse(input), actorId: userId })
  return answerTotalsSchema.parse(found)
}

const work = (role: string, ...functions: string[]): DraftAnswers => ({ work: { role, functions } })
const count = (table: string) => sql`select 1 from ${sql(table)}`.then((rows) => rows.length)

describe('answerTotals', () => {
  it('says how many gave each answer, most given first, before and after a roll-up', async () => {
    await complete(work('data', 'analytics', 'budgeting'), work('data', 'budgeting'), work('finance'), {
      tools: { tools: ['dbt'] },
    })
    const expected: AnswerTotals = {
      people: 4,
      fields: [
        { step: 'tools', field: 'tools', values: [{ value: 'dbt', total: 1 }], more: false },
        {
          ...{ step: 'work', field: 'functions', more: false },
          values: [
            { value: 'budgeting', total: 2 },
            { value: 'analytics', total: 1 },
          ],
        },
        {
          ...{ step: 'work', field: 'role', more: false },
          values: [
            { value: 'data', total: 2 },
            { value: 'finance', total: 1 },
          ],
        },
      ],
    }
    expect(await totals()).toEqual(expected)
    expect(await rollUpTotals(ctx)).toBe(5)
    expect(await count('onboarding_answer_deltas')).toBe(0)
    expect(await totals()).toEqual(expected)
    expect(await totals({ step: 'tools' })).toEqual({ people: 4, fields: expected.fields.slice(0, 1) })
    expect(await totals({ step: 'profile' })).toEqual({ people: 4, fields: [] })
  })

  it('of a filter are those of the people that it lets through', async () => {
    await complete(work('data', 'analytics'), work('data', 'budgeting'), work('finance', 'budgeting'))
    const filter = { roles: ['data' as const] }
    expect(await totals({ filter, step: 'work' })).toEqual({
      people: 2,
      fields: [
        {
          ...{ step: 'work', field: 'functions', more: false },
          values: [
            { value: 'analytics', total: 1 },
            { value: 'budgeting', total: 1 },
          ],
        },
        { step: 'work', field: 'role', values: [{ value: 'data', total: 2 }], more: false },
      ],
    })
    expect(await totals({ filter: { answers: [{ step: 'work', field: 'role', value: 'nobody' }] } })).toEqual({
      people: 0,
      fields: [],
    })
  })

  it('shows so many values of each question, also when what waits changes their order', async () => {
    const teams = (...names: string[]) => names.map((team) => ({ work: { team } }))
    const [first] = await complete(...teams('a', 'a', 'a', 'b', 'b', 'c', 'c', 'd'))
    await rollUpTotals(ctx)
    await sql`delete from onboarding_answer_snapshots where session_id = ${first ?? ''}`
    await sql`delete from onboarding_answer_snapshots where session_id in (
      select session_id from onboarding_answer_snapshots where 'work.team=b' = any(flat))`
    await complete(...teams('d', 'd'))
    const expected = { step: 'work', field: 'team', values: [{ value: 'd', total: 3 }, { value: 'a', total: 2 }], more: true } // prettier-ignore
    expect((await totals({ limit: 2 })).fields).toEqual([expected])
    expect((await totals({ limit: 2, filter: { schemaVersion: 1 } })).fields).toEqual([expected])
    await rollUpTotals(ctx)
    expect((await totals({ limit: 2 })).fields).toEqual([expected])
  })

  it('holds whatever people type, and of long texts the beginning', async () => {
    const long = 'ä'.repeat(2000)
    await complete({ profile: { fullName: 'a=b.c = d', jobTitle: long } }, { profile: { jobTitle: `${long}x` } })
    await rollUpTotals(ctx)
    const [name, title] = (await totals()).fields
    expect(name?.values).toEqual([{ value: 'a=b.c = d', total: 1 }])
    expect(title?.values).toEqual([{ value: 'ä'.repeat(240 - 'profile.jobTitle='.length), total: 2 }])
    expect((await totals({ filter: { variant: 'short' } })).fields).toEqual([name, title])
  })

  it('are in the audit log, for what people typed is among them', async () => {
    await totals({ step: 'work', filter: { roles: ['data'] } })
    const [entry] = await sql`select action, subject_type, subject_id, detail from audit_log order by id desc limit 1`
    expect(entry).toEqual({
      ...{ action: 'answers.read', subject_type: 'answers_totals', subject_id: 'work' },
      detail: { filter: { roles: ['data'] } },
    })
  })

  it('refuses a window that ends before it begins', async () => {
    const filter = { completedFrom: new Date(1000), completedBefore: new Date(0) }
    await expect(totals({ filter })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('rebuildTotals', () => {
  it('corrects what is wrong, and nothing else', async () => {
    await complete(work('data', 'analytics'), work('data'), work('finance'))
    await rollUpTotals(ctx)
    await complete(work('sales'))
    expect(await rebuildTotals(ctx)).toEqual({ counted: 4, corrected: 0, finished: true })
    await sql`update onboarding_answer_group_totals set total = 40 where value = 'data'`
    await sql`delete from onboarding_answer_group_totals where value = 'finance'`
    await sql`insert into onboarding_answer_group_totals values ('work', 'role', 'nobody', 3)`
    await sql`insert into onboarding_answer_deltas values ('work', 'role', 'sales', 5)`
    const seen: { done: number; total: number }[] = []
    expect(await rebuildTotals(ctx, { onProgress: (progress) => seen.push(progress) })).toEqual({
      counted: 4,
      corrected: 4,
      finished: true,
    })
    expect(seen).toEqual([{ done: 4, total: 4 }])
    expect(await exactTotals(sql)).toEqual(await recount(sql))
    await rollUpTotals(ctx)
    expect(await exactTotals(sql)).toEqual(await recount(sql))
    expect(await count('onboarding_answer_group_totals')).toBe(4)
  })

  it('that is given up changes nothing', async () => {
    await complete(work('data'))
    await sql`update onboarding_answer_deltas set delta = 7`
    const before = await exactTotals(sql)
    expect(await rebuildTotals(ctx, { signal: AbortSignal.abort() })).toMatchObject({ finished: false })
    expect(await exactTotals(sql)).toEqual(before)
  })

  it('race: completions, corrections, roll-ups and other rebuilds go on meanwhile, and none is lost or counted twice', async () => {
    const sessionIds = await complete(...Array.from({ length: 200 }, (_, n) => work(n % 2 ? 'data' : 'finance', `f${n % 7}`)))
    await sql`update onboarding_answer_deltas set delta = delta + 11 where field = 'role'`
    let over = false
    const meanwhile = async (lane: number) => {
      for (let n = 0; !over; n++) {
        await complete(work('sales', `f${n % 5}`))
        const corrected = sessionIds[(n * 4 + lane) % 200] ?? ''
        await sql`
          update onboarding_sessions set revision = revision + 1, answers = ${sql.json(work(`role${n % 3}`))} where id = ${corrected}`
        await aggregateSessions(ctx, { sessionIds: [corrected] })
        await rollUpTotals(ctx)
      }
    }
    const lanes = [0, 1, 2].map(meanwhile)
    for (let round = 0; round < 5; round++) await Promise.all([rebuildTotals(ctx), rebuildTotals(ctx)])
    over = true
    await Promise.all(lanes)
    expect(await exactTotals(sql)).toEqual(await recount(sql))
  })
})

describe('rollUpTotals', () => {
  it('race: two at once move each delta once', async () => {
    await complete(...Array.from({ length: 300 }, (_, n) => work('data', `f${n}`)))
    for (let n = 0; n < 10; n++) {
      await complete(work('data', `g${n}`))
      await Promise.all(Array.from({ length: 4 }, () => rollUpTotals(ctx)))
    }
    expect(await count('onboarding_answer_deltas')).toBe(0)
    expect(await exactTotals(sql)).toEqual(await recount(sql))
  })

  it('leaves no row behind of an answer that nobody gives any more', async () => {
    await complete(work('data'))
    await rollUpTotals(ctx)
    await sql`delete from onboarding_answer_snapshots`
    await rollUpTotals(ctx)
    expect(await count('onboarding_answer_group_totals')).toBe(0)
  })
})
