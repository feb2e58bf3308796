import { testDatabase } from '@gangway/db/testing'
import { beforeEach, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { backfillAnswers } from './backfill.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('backfill'), log: silentLog() }

beforeEach(async () => {
  await sql`truncate onboarding_sessions, onboarding_answer_snapshots, backfills cascade`
})

/** Completed sessions, many of them at the same microsecond, and one that is open. */
async function complete(count: number): Promise<void> {
  const { id: userId } = await newUser(db)
  await sql`
    insert into onboarding_sessions
      (user_id, schema_version, manifest_version, variant, current_step, skipped_steps, checksum, answers, status, completed_at, answer_schema_version)
    select ${userId}, 1, 1, 'short', 'workspace', '{}', '', '{"work":{"role":"data"}}', 'completed',
      timestamptz '2026-02-01T10:00:00.123456Z' + (n / 60) * interval '1 microsecond', 1
    from generate_series(1, ${count}) n`
  await sql`
    insert into onboarding_sessions (user_id, schema_version, manifest_version, variant, current_step, skipped_steps, checksum, answers)
    values (${userId}, 1, 1, 'short', 'workspace', '{}', '', '{}')`
}

const written = async () => Number((await sql`select count(*)::int from onboarding_answer_snapshots`)[0]?.['count'])

it('writes the snapshot of every completed session, and a dry run of none', async () => {
  await complete(250)
  expect(await backfillAnswers(ctx, { dryRun: true })).toMatchObject({ total: 250, withoutSnapshot: 250, replayed: 0 })
  expect(await written()).toBe(0)
  const seen: number[] = []
  const report = await backfillAnswers(ctx, { onProgress: ({ done }) => seen.push(done) })
  expect(report).toEqual({ total: 250, withoutSnapshot: 250, resumedAfter: 0, replayed: 250, failed: 0, finished: true })
  expect(seen).toEqual([100, 200, 250])
  expect(await written()).toBe(250)
  expect(await backfillAnswers(ctx)).toMatchObject({ withoutSnapshot: 0, replayed: 250 })
  expect(await written()).toBe(250)
})

it('goes on where it was cut off, and from the beginning when it is told to', async () => {
  await complete(250)
  const cut = new AbortController()
  const first = await backfillAnswers(ctx, { signal: cut.signal, onProgress: () => cut.abort() })
  expect(first).toMatchObject({ replayed: 100, finished: false })
  expect(await backfillAnswers(ctx)).toMatchObject({ resumedAfter: 100, replayed: 150, finished: true })
  expect(await written()).toBe(250)
  const again = new AbortController()
  await backfillAnswers(ctx, { signal: again.signal, onProgress: () => again.abort() })
  expect(await backfillAnswers(ctx, { restart: true })).toMatchObject({ resumedAfter: 0, replayed: 250 })
})

it('is not held up by a session that cannot be written', async () => {
  await complete(3)
  const [cursed] = await sql<{ id: string }[]>`select id from onboarding_sessions where status = 'completed' limit 1`
  await sql.unsafe(`
    create function refuse_snapshot() returns trigger language plpgsql as $$
    begin if new.session_id = '${cursed?.id}' then raise exception 'no'; end if; return new; end $$;
    create trigger refuse_snapshot before insert on onboarding_answer_snapshots for each row execute function refuse_snapshot()`)
  expect(await backfillAnswers(ctx)).toMatchObject({ replayed: 3, failed: 1, finished: true })
  expect(await written()).toBe(2)
  await sql`drop trigger refuse_snapshot on onboarding_answer_snapshots`
})
