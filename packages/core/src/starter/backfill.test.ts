import { testDatabase } from '@gangway/db/testing'
import { expect, it } from 'vitest'
import { recordingJobs, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { backfillStarterKits } from './backfill.ts'
import { ensureStarterKit } from './ensure.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('backfill'), log: silentLog(), jobs: recordingJobs() }

const ready = async () => Number((await sql`select count(*)::int from starter_kits where status = 'ready'`)[0]?.['count'])

it('makes the kits that are missing, in batches, and can be cut off and called again', async () => {
  const supplied = await newUser(db)
  await ensureStarterKit(ctx, { userId: supplied.id })
  const people = await Promise.all(Array.from({ length: 70 }, () => newUser(db)))
  await sql`insert into starter_kits (user_id, status) values (${people[0]?.id ?? ''}, 'incomplete')`

  expect(await backfillStarterKits(ctx, { dryRun: true })).toEqual({ total: 70, made: 0, failed: 0 })
  expect(await ready()).toBe(1)

  const cut = new AbortController()
  const first = await backfillStarterKits(ctx, { signal: cut.signal, onProgress: () => cut.abort() })
  expect(first).toEqual({ total: 70, made: 50, failed: 0 })
  const seen: number[] = []
  expect(await backfillStarterKits(ctx, { onProgress: ({ done }) => seen.push(done) })).toEqual({
    total: 20,
    made: 20,
    failed: 0,
  })
  expect(seen).toEqual([20])
  expect(await ready()).toBe(71)
  expect(await backfillStarterKits(ctx)).toEqual({ total: 0, made: 0, failed: 0 })
})

it('is not held up by somebody whose kit cannot be made', async () => {
  const [cursed, blessed] = await Promise.all([newUser(db), newUser(db)])
  await sql.unsafe(`
    create function refuse_space() returns trigger language plpgsql as $$
    begin if new.owner_id = '${cursed.id}' then raise exception 'no room'; end if; return new; end $$;
    create trigger refuse_space before insert on spaces for each row execute function refuse_space()`)
  expect(await backfillStarterKits(ctx)).toEqual({ total: 2, made: 1, failed: 1 })
  expect(await sql`select status from starter_kits where user_id = ${blessed.id}`).toEqual([{ status: 'ready' }])
  expect(await sql`select status from starter_kits where user_id = ${cursed.id}`).toEqual([{ status: 'incomplete' }])
  await sql`drop trigger refuse_space on spaces`
})
