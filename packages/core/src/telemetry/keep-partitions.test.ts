import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '@gangway/db/client'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { keepPartitions } from './keep-partitions.ts'

const database = await testDatabase()
const { db, sql, urls } = database
const worker = connect({ url: urls.worker, name: 'test-worker' })
afterAll(() => worker.close())

const contextAt = (time: string, telemetryDays = 400) => ({
  ...{ db: worker.db, clock: testClock({ start: new Date(time) }), ids: seededIds('partitions'), log: silentLog() },
  settings: { telemetryDays },
})

/** The months that there are, without the rest. */
async function months(from = '0000'): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`
    select right(c.relname, 7) as month from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'telemetry_events'::regclass and c.relname <> 'telemetry_events_rest' order by 1`
  return rows.map(({ month }) => month).filter((month) => month >= from)
}

async function record(at: string): Promise<string> {
  const { id: userId } = await newUser(db)
  const id = crypto.randomUUID()
  await sql`insert into telemetry_events (id, user_id, name, at) values (${id}, ${userId}, 'key_revealed', ${at})`
  return id
}

const tableOf = async (id: string) =>
  (await sql<{ name: string }[]>`select tableoid::regclass::text as name from telemetry_events where id = ${id}`)[0]?.name

describe('keepPartitions', () => {
  it('the migrations leave the months around now', async () => {
    const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`
      select count(*)::int as count from pg_class where relname = 'telemetry_events_' || to_char(now() at time zone 'UTC', 'YYYY_MM')`
    expect([count, (await months()).length]).toEqual([1, 4])
  })

  it('makes the months to come, and moves there what has waited in the rest', async () => {
    const early = await record('2031-03-31T23:59:59.999Z')
    const late = await record('2031-04-01T00:00:00Z')
    expect(await tableOf(late)).toBe('telemetry_events_rest')
    expect(await keepPartitions(contextAt('2031-03-10T00:00:00Z', 4000))).toEqual({ made: 4, dropped: 0 })
    expect(await months('2031')).toEqual(['2031_02', '2031_03', '2031_04', '2031_05'])
    expect([await tableOf(early), await tableOf(late)]).toEqual(['telemetry_events_2031_03', 'telemetry_events_2031_04'])
    expect(await keepPartitions(contextAt('2031-03-10T00:00:00Z', 4000))).toEqual({ made: 0, dropped: 0 })
    const again = sql`insert into telemetry_events (id, user_id, name, at) select id, user_id, name, at from telemetry_events where id = ${late}`
    await expect(again).rejects.toThrow('duplicate key')
  })

  it('drops a month when its last moment is older than is kept, and what is as old in the rest', async () => {
    const [old, young, stray] = [
      await record('2031-02-28T00:00:00Z'),
      await record('2031-03-01T00:00:00Z'),
      await record('2029-01-01T00:00:00Z'),
    ]
    expect((await keepPartitions(contextAt('2031-06-08T23:00:00Z', 100))).dropped).toBeGreaterThanOrEqual(4)
    expect(await months('2031')).toEqual(['2031_02', '2031_03', '2031_04', '2031_05', '2031_06', '2031_07', '2031_08'])
    expect((await keepPartitions(contextAt('2031-06-09T01:00:00Z', 100))).dropped).toBe(1)
    expect(await months('2031')).toEqual(['2031_03', '2031_04', '2031_05', '2031_06', '2031_07', '2031_08'])
    expect([await tableOf(old), await tableOf(stray)]).toEqual([undefined, undefined])
    expect(await tableOf(young)).toBe('telemetry_events_2031_03')
  })

  it('lets the funnel forget whoever was last seen before that', async () => {
    const [old, young] = [await newUser(db), await newUser(db)]
    const tell = (userId: string, at: string) => sql`
      insert into telemetry_events (id, user_id, name, step, at) values (${crypto.randomUUID()}, ${userId}, 'step_viewed', 'work', ${at})`
    await tell(old.id, '2032-01-01T00:00:00Z')
    await tell(young.id, '2032-01-01T00:00:00Z')
    await tell(young.id, '2032-03-01T00:00:00Z')
    await keepPartitions(contextAt('2032-03-02T00:00:00Z', 30))
    const known = await sql`select user_id from funnel_people where user_id in (${old.id}, ${young.id})`
    expect(known).toEqual([{ user_id: young.id }])
  })

  it('race: four workers at once make each month once', async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => keepPartitions(contextAt('2033-01-15T00:00:00Z', 4000))))
    expect(results.reduce((sum, { made }) => sum + made, 0)).toBe(4)
  })

  it('race: a month is made while somebody changes a person, and then tells of them', async () => {
    const [at, id, other] = ['2035-02-10T00:00:00Z', crypto.randomUUID(), await newUser(db)]
    const changed = Promise.withResolvers<void>()
    const isWaiting = Promise.withResolvers<void>()
    const telling = sql.begin(async (tx) => {
      await tx`update users set name = 'Grace' where id = ${other.id}`
      changed.resolve()
      await isWaiting.promise
      await tx`insert into telemetry_events (id, user_id, name, at) values (${id}, ${other.id}, 'key_revealed', ${at})`
    })
    await changed.promise
    const keeping = keepPartitions(contextAt('2035-02-15T00:00:00Z', 4000))
    const waits = async () => (await sql`select from pg_locks where not granted`).length > 0
    while (!(await waits())) await delay(20)
    isWaiting.resolve()
    await telling
    expect((await keeping).made).toBe(4)
    expect(await tableOf(id)).toBe('telemetry_events_2035_02')
  })

  it('is not for the role that serves requests', async () => {
    const denied = keepPartitions({ ...contextAt('2033-01-15T00:00:00Z'), db })
    await expect(denied).rejects.toMatchObject({ cause: { code: '42501' } })
  })
})
