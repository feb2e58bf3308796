import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { testDatabase } from '@gangway/db/testing'
import { exportViewSchema, type StartExport } from '@gangway/schemas/exports'
import { beforeAll, describe, expect, it } from 'vitest'
import { classify } from '../errors/index.ts'
import { heldUp } from '../testing/held-up.ts'
import { recordingJobs, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { cancelExport } from './cancel-export.ts'
import { downloadExport } from './download-export.ts'
import { findExport } from './export-row.ts'
import { listExports } from './list-exports.ts'
import { purgeExports } from './purge-exports.ts'
import { readChunks } from './read-chunks.ts'
import { runExport } from './run-export.ts'
import { startExport } from './start-export.ts'
import { watchExport } from './watch-export.ts'

const database = await testDatabase()
const { db, sql } = database
const jobs = recordingJobs()
const clock = testClock()
const ctx = { db, clock, ids: seededIds('exports'), log: silentLog(), jobs, settings: { cursorKeys: ['key'] } }
const ROWS = 11_000

beforeAll(async () => {
  const { id: userId } = await newUser(db)
  await sql`
    insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers)
    select gen_random_uuid(), ${userId}, 'data', 'control', timestamptz '2025-02-01' + n * interval '1 second', 1, '{"work":{"role":"data"}}'
    from generate_series(1, ${ROWS}) n`
})

async function start(request: Partial<StartExport> = {}, actorId?: string) {
  const admin = actorId ?? (await newUser(db)).id
  const view = await startExport(ctx, { actorId: admin, request: { filter: {}, format: 'ndjson', gzip: false, ...request } })
  return { exportId: view.id, actorId: admin, view }
}

async function contentOf(
  file: { read(range?: { from: number; to: number }): AsyncIterable<Buffer> },
  range?: { from: number; to: number },
) {
  const pieces: Buffer[] = []
  for await (const piece of file.read(range)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('an export', () => {
  it.each([false, true])('is started, written and downloaded, whole and in ranges; gzip %s', async (gzip) => {
    const { exportId, actorId, view } = await start({ gzip })
    expect(view).toMatchObject({ state: 'queued', expected: { exact: false }, rows: 0, downloadPath: null })
    await expect(downloadExport(ctx, { exportId, actorId })).rejects.toMatchObject({ code: 'EXPORT_NOT_READY' })
    await runExport(ctx, { exportId })

    const done = await findExport(ctx, exportId)
    expect(exportViewSchema.parse(done)).toEqual(done)
    expect(done).toMatchObject({ state: 'succeeded', rows: ROWS, downloadPath: `/api/admin/exports/${exportId}/file` })
    const file = await downloadExport(ctx, { exportId, actorId })
    const bytes = await contentOf(file)
    expect([bytes.length, hash(bytes)]).toEqual([file.bytes, done.sha256])
    const text = (gzip ? gunzipSync(bytes) : bytes).toString()
    expect(text.trimEnd().split('\n')).toHaveLength(ROWS)
    for (const [from, to] of [
      [0, 1],
      [5, 700_000],
      [file.bytes - 3, file.bytes],
      [700_000, 700_001],
    ] as const) {
      const end = Math.min(to, file.bytes)
      if (from < end) expect(await contentOf(file, { from, to: end })).toEqual(bytes.subarray(from, end))
    }
  })

  it('that was cut off goes on, and ends as the same file', async () => {
    const whole = await start({ gzip: true })
    await runExport(ctx, whole)
    const cut = await start({ gzip: true })
    await sql`update exports set before = (select before from exports where id = ${whole.exportId}) where id = ${cut.exportId}`
    // The database goes away in the midst of it.
    await sql.unsafe(`
      create function cut_off() returns trigger language plpgsql as $$
      begin if new.seq = 1 then raise exception 'gone' using errcode = '57P01'; end if; return new; end $$;
      create trigger cut_off before insert on export_chunks for each row execute function cut_off()`)
    await expect(runExport(ctx, cut)).rejects.toMatchObject({ cause: { code: '57P01' } })
    await sql`drop trigger cut_off on export_chunks`
    expect(await findExport(ctx, cut.exportId)).toMatchObject({ state: 'running', rows: 5000 })
    await runExport(ctx, cut)
    expect((await findExport(ctx, cut.exportId)).sha256).toBe((await findExport(ctx, whole.exportId)).sha256)
    await runExport(ctx, cut)
    expect((await findExport(ctx, cut.exportId)).rows).toBe(ROWS)
  })

  it('race: of two workers, one writes it and the other looks again later', async () => {
    const { exportId } = await start()
    const write = () =>
      runExport(ctx, { exportId }).then(
        () => 'written',
        (error: unknown) => classify(error).code,
      )
    const outcomes = await heldUp(database, 'export_chunks', () => [write(), write()])
    expect(outcomes.toSorted()).toEqual(['LOCK_LOST', 'written'])
    await runExport(ctx, { exportId })
    expect(await findExport(ctx, exportId)).toMatchObject({ state: 'succeeded', rows: ROWS })
    const [sums] =
      await sql`select sum(plain_bytes)::int as bytes, count(*)::int as chunks from export_chunks where export_id = ${exportId}`
    expect(sums).toEqual({ bytes: (await findExport(ctx, exportId)).bytes, chunks: 3 })
  })

  it('race: one that is cancelled while it is written stays cancelled, and keeps nothing', async () => {
    const { exportId, actorId } = await start()
    const writing = () => sql`select 1 from pg_locks where not granted and relation = 'export_chunks'::regclass`
    const cancel = async () => {
      await expect.poll(writing, { timeout: 10_000 }).toHaveLength(1)
      return cancelExport(ctx, { exportId, actorId })
    }
    await heldUp<unknown>(database, 'export_chunks', () => [runExport(ctx, { exportId }), cancel()])
    expect(await findExport(ctx, exportId)).toMatchObject({ state: 'cancelled', sha256: null })
    expect(await sql`select 1 from export_chunks where export_id = ${exportId}`).toHaveLength(0)
    expect(await cancelExport(ctx, { exportId, actorId })).toMatchObject({ state: 'cancelled' })
  })

  it('of nothing is an empty file', async () => {
    const { exportId, actorId } = await start({ filter: { org: 'nobody' } })
    await runExport(ctx, { exportId })
    await runExport(ctx, { exportId })
    const file = await downloadExport(ctx, { exportId, actorId })
    expect([file.bytes, file.sha256]).toEqual([0, hash(Buffer.alloc(0))])
  })

  it('that cannot be written says why', async () => {
    const { exportId } = await start()
    await sql`update exports set filter = '{"roles": ["wizard"]}' where id = ${exportId}`
    await runExport(ctx, { exportId })
    await sql`update exports set filter = '{}' where id = ${exportId}`
    expect(await findExport(ctx, exportId)).toMatchObject({ state: 'failed', failure: { code: 'INPUT_INVALID' } })
  })

  it('is followed until it is over', async () => {
    const { exportId } = await start()
    const { signal } = new AbortController()
    const seen: string[] = []
    for await (const view of watchExport({ ...ctx, clock: testClock({ autoUpToMs: 1000 }) }, { exportId, signal })) {
      if (seen.push(view.state) === 1) await runExport(ctx, { exportId })
    }
    expect([seen[0], seen.at(-1)]).toEqual(['queued', 'succeeded'])
  })
})

it('everything of it is in the audit log', async () => {
  const { exportId, actorId } = await start({ filter: { roles: ['data'] }, format: 'csv' })
  await runExport(ctx, { exportId })
  await downloadExport(ctx, { exportId, actorId })
  const entries = await sql`select action, detail from audit_log where subject_id = ${exportId} order by id`
  expect([...entries]).toEqual([
    { action: 'answers.exported', detail: { filter: { roles: ['data'] }, format: 'csv', gzip: false } },
    { action: 'export.downloaded', detail: { rows: ROWS } },
  ])
})

it('are listed newest first, page by page, and refused a sixth at once', async () => {
  await sql`delete from exports`
  const { id: actorId } = await newUser(db)
  for (let n = 0; n < 5; n++) await start({}, actorId)
  await expect(start({}, actorId)).rejects.toMatchObject({ code: 'EXPORTS_FULL' })
  const first = await listExports(ctx, { limit: 3 })
  const second = await listExports(ctx, { limit: 3, cursor: first.nextCursor })
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(5)
  expect([first.count, second.nextCursor]).toEqual([{ value: 5, exact: true }, null])
})

it('are thrown away after a week, and given up after a day', async () => {
  await sql`delete from exports`
  const { exportId } = await start()
  await runExport(ctx, { exportId })
  const { exportId: forgotten } = await start()
  expect(await purgeExports(ctx)).toEqual({ expired: 0, lost: 0 })
  await sql`update exports set created_at = created_at - interval '25 hours' where id = ${forgotten}`
  await sql`update exports set expires_at = expires_at - interval '8 days' where id = ${exportId}`
  expect(await purgeExports(ctx)).toEqual({ expired: 1, lost: 1 })
  expect(await findExport(ctx, exportId)).toMatchObject({ state: 'expired', downloadPath: null })
  expect(await findExport(ctx, forgotten)).toMatchObject({ state: 'failed' })
  expect(await sql`select 1 from export_chunks`).toHaveLength(0)
})

it('a reader who stops early leaves nothing open', async () => {
  for await (const chunk of readChunks(db, {
    filter: {},
    format: 'ndjson',
    before: new Date('2026-01-01'),
    reading: 'in_order',
  })) {
    expect(chunk.rows).toBe(5000)
    break
  }
})
