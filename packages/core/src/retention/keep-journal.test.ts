import { connect } from '@gangway/db/client'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { progress } from '../provisioning/index.ts'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { newWorld } from '../testing/world.ts'
import { keepJournal } from './keep-journal.ts'

const database = await testDatabase()
const { db, sql, urls } = database
const worker = connect({ url: urls.worker, name: 'test-worker' })
afterAll(() => worker.close())

const contextAt = (time: string, journalDays = 4000) => ({
  ...{ db: worker.db, clock: testClock({ start: new Date(time) }), ids: seededIds('journal'), log: silentLog() },
  settings: { journalDays, answersDays: undefined },
})

async function months(from = '0000'): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`
    select right(c.relname, 7) as month from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'onboarding_stage_events'::regclass and c.relname <> 'onboarding_stage_events_rest' order by 1`
  return rows.map(({ month }) => month).filter((month) => month >= from)
}

/** A run with one event, at the time. */
async function journalled(at: string, state = 'succeeded') {
  const { id: userId } = await newUser(db)
  const checkoutSessionId = `cs_${crypto.randomUUID()}`
  const [run] = await sql<{ id: string }[]>`
    insert into onboarding_runs (checkout_session_id, user_id, plan, slug, company_name, state, last_seq)
    values (${checkoutSessionId}, ${userId}, 'STARTER', 'engines', 'Engines', ${state}, 1) returning id`
  await db.execute(`
    insert into onboarding_stage_events (run_id, seq, stage, status, attempt, run_state, at)
    values ('${run?.id}', 1, 'finalize', 'completed', 1, '${state}', '${at}')`)
  return { runId: run?.id ?? '', checkoutSessionId, userId }
}

const tableOf = async ({ runId }: { runId: string }) =>
  (await sql<{ name: string }[]>`select tableoid::regclass::text as name from onboarding_stage_events where run_id = ${runId}`)[0]
    ?.name

describe('keepJournal', () => {
  it('the migrations leave the months around now', async () => {
    const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`
      select count(*)::int as count from pg_class where relname = 'onboarding_stage_events_' || to_char(now() at time zone 'UTC', 'YYYY_MM')`
    expect([count, (await months()).length]).toEqual([1, 4])
  })

  it('makes the months to come, and moves there what has waited in the rest', async () => {
    const early = await journalled('2031-03-31T23:59:59.999Z')
    const late = await journalled('2031-04-01T00:00:00Z')
    expect(await tableOf(late)).toBe('onboarding_stage_events_rest')
    expect(await keepJournal(contextAt('2031-03-10T00:00:00Z'))).toEqual({ made: 4, dropped: 0 })
    expect(await months('2031')).toEqual(['2031_02', '2031_03', '2031_04', '2031_05'])
    expect([await tableOf(early), await tableOf(late)]).toEqual([
      'onboarding_stage_events_2031_03',
      'onboarding_stage_events_2031_04',
    ])
    expect(await keepJournal(contextAt('2031-03-10T00:00:00Z'))).toEqual({ made: 0, dropped: 0 })
  })

  it('drops a month that is older than is kept, but none that a run needs which has not come to its end', async () => {
    const [old, young] = [await journalled('2031-02-28T00:00:00Z'), await journalled('2031-04-02T00:00:00Z')]
    const open = await journalled('2031-03-05T00:00:00Z', 'failed')
    const [stray, openStray] = [await journalled('2029-01-01T00:00:00Z'), await journalled('2029-01-01T00:00:00Z', 'failed')]
    await keepJournal(contextAt('2031-07-15T00:00:00Z', 100))
    expect((await months('2031')).slice(0, 3)).toEqual(['2031_03', '2031_04', '2031_05'])
    expect([await tableOf(old), await tableOf(stray)]).toEqual([undefined, undefined])
    const kept = [await tableOf(open), await tableOf(young), await tableOf(openStray)]
    expect(kept.map((name) => name?.slice('onboarding_stage_events_'.length))).toEqual(['2031_03', '2031_04', 'rest'])
    await sql`update onboarding_runs set state = 'rolled_back' where id = ${open.runId}`
    await keepJournal(contextAt('2031-07-15T00:00:00Z', 100))
    expect((await months('2031'))[0]).toBe('2031_04')
  })

  it('the stream of a run whose journal is gone ends at once', async () => {
    const { ctx } = await newWorld(database)
    const { checkoutSessionId, userId } = await journalled('2028-01-01T00:00:00Z')
    await keepJournal(contextAt('2031-07-15T00:00:00Z', 100))
    const { signal } = new AbortController()
    expect(await progress(ctx, { checkoutSessionId, userId, after: 0, signal }).next()).toEqual({ done: true, value: undefined })
  })

  it('race: runs are written while months are made and dropped', async () => {
    let over = false
    const written: { runId: string }[] = []
    const writes = Array.from({ length: 4 }, async () => {
      while (!over) written.push(await journalled('2033-02-10T00:00:00Z'))
    })
    const keeps = Array.from({ length: 4 }, () => keepJournal(contextAt('2033-01-15T00:00:00Z', 300)))
    const results = await Promise.all(keeps).finally(() => (over = true))
    await Promise.all(writes)
    expect(results.reduce((sum, { made }) => sum + made, 0)).toBe(4)
    expect(written.length).toBeGreaterThan(0)
    const tables = await Promise.all(written.map(tableOf))
    expect(new Set(tables)).toEqual(new Set(['onboarding_stage_events_2033_02']))
  })

  it('is not for the role that serves requests', async () => {
    const denied = keepJournal({ ...contextAt('2033-01-15T00:00:00Z'), db })
    await expect(denied).rejects.toMatchObject({ cause: { code: '42501' } })
  })
})
