import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { testDatabase } from '@gangway/db/testing'
import { beforeEach, expect, it } from 'vitest'
import { ensureMetaTables } from '../bootstrap/ensure-meta-tables.ts'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import { connectionReset, memoryWarehouse, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newOrganization } from '../testing/organization.ts'
import { exportNightly } from './nightly.ts'

const { db, sql } = await testDatabase()
const acme = await newOrganization(db)
const DAY_MS = 86_400_000

beforeEach(() => sql`truncate onboarding_answer_snapshots, onboarding_sessions, answer_export_days cascade`)

/** Where files are left, in memory; `fail` cuts the next one that is written. */
function memoryTarget() {
  const files = new Map<string, Buffer>()
  const failures: Error[] = []
  return {
    files,
    fail: (error: Error) => failures.push(error),
    place: 'memory:',
    async write(name: string, content: AsyncIterable<Buffer>) {
      const pieces: Buffer[] = []
      for await (const piece of content) pieces.push(piece)
      const failure = failures.shift()
      if (failure) throw failure
      const bytes = Buffer.concat(pieces)
      files.set(name, bytes)
      return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
    },
  }
}

async function world({ now = '2026-03-03T01:00:00Z' } = {}) {
  const exportTarget = memoryTarget()
  const warehouse = memoryWarehouse()
  const base = { db, clock: testClock({ start: new Date(now) }), ids: seededIds('nightly'), log: silentLog() }
  const ctx = { ...base, warehouse, exportTarget }
  await ensureMetaTables(ctx)
  const loaded = async () =>
    (await warehouse.readRows(CENTRAL_DATASET, 'org_onboarding_answers', { column: 'variant', value: 'control' })).map(
      (row) => row['session_id'],
    )
  return { ctx, files: exportTarget.files, fail: exportTarget.fail, warehouse, loaded }
}

async function complete(at: string, { org = true, snapshot = true } = {}): Promise<string> {
  const [session] = await sql<{ id: string }[]>`
    insert into onboarding_sessions
      (user_id, schema_version, manifest_version, variant, current_step, skipped_steps, checksum, answers, status, completed_at, answer_schema_version)
    values (${acme.owner.id}, 1, 1, 'control', 'workspace', '{}', '', '{}', 'completed', ${at}::text::timestamptz, 2) returning id`
  const id = session?.id ?? ''
  if (snapshot) await write(id, at, org)
  return id
}

async function write(id: string, at: string, org = true) {
  await sql`
    insert into onboarding_answer_snapshots (session_id, user_id, org_id, role, variant, completed_at, answer_schema_version, answers)
    values (${id}, ${acme.owner.id}, ${org ? acme.id : null}, 'data', 'control', ${at}::text::timestamptz, 2, '{"work":{"role":"data"}}')`
}

/** One a millisecond. */
async function completeMany(from: string, count: number) {
  await sql`
    with done as (
      insert into onboarding_sessions
        (user_id, schema_version, manifest_version, variant, current_step, skipped_steps, checksum, answers, status, completed_at, answer_schema_version)
      select ${acme.owner.id}, 1, 1, 'control', 'workspace', '{}', '', '{}', 'completed', ${from}::text::timestamptz + n * interval '1 ms', 2
      from generate_series(1, ${count}::int) n
      returning id, user_id, completed_at)
    insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers)
    select id, user_id, 'data', 'control', completed_at, 2, '{"work":{"role":"data"}}' from done`
}

function read(files: Map<string, Buffer>, day: string) {
  const [packed, manifest] = [files.get(`answers-${day}.ndjson.gz`), files.get(`answers-${day}.manifest.json`)]
  const lines = packed
    ? gunzipSync(packed)
        .toString()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : []
  return { packed, ids: lines.map((line) => line.session_id), manifest: manifest && JSON.parse(manifest.toString()) }
}

it('leaves the file of yesterday and its manifest, and loads it into the warehouse', async () => {
  const { ctx, files, loaded, warehouse } = await world()
  const first = await complete('2026-03-02T00:00:00Z')
  const last = await complete('2026-03-02T23:59:59.999999Z', { org: false })
  await complete('2026-03-03T00:00:00Z')
  expect(await exportNightly(ctx)).toEqual({ days: ['2026-03-02'], waiting: [] })
  const { packed, ids, manifest } = read(files, '2026-03-02')
  expect(ids).toEqual([first, last])
  expect(manifest).toEqual({
    ...{ day: '2026-03-02', file: 'answers-2026-03-02.ndjson.gz', count: 2, missing: 0, bytes: packed?.length },
    sha256: createHash('sha256')
      .update(packed ?? '')
      .digest('hex'),
    answer_schema_versions: [2],
  })
  expect([...files.keys()]).toEqual(['answers-2026-03-02.ndjson.gz', 'answers-2026-03-02.manifest.json'])
  expect(await loaded()).toEqual([first, last])
  const [row] = await warehouse.readRows(CENTRAL_DATASET, 'org_onboarding_answers', { column: 'session_id', value: first })
  expect(row).toMatchObject({
    org_slug: acme.slug,
    role: 'data',
    answers: { work: { role: 'data' } },
    completed_at: new Date('2026-03-02'),
  })
})

it('does a day once, and catches up after a downtime, days without completions as well', async () => {
  const { ctx, files, loaded } = await world()
  await complete('2026-02-27T12:00:00Z')
  await complete('2026-03-01T12:00:00Z')
  expect((await exportNightly(ctx)).days).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
  expect(read(files, '2026-02-28').manifest).toMatchObject({ count: 0 })
  expect(await exportNightly(ctx)).toEqual({ days: [], waiting: [] })
  await ctx.clock.advance(2 * DAY_MS)
  expect((await exportNightly(ctx)).days).toEqual(['2026-03-03', '2026-03-04'])
  expect(await loaded()).toHaveLength(2)
})

it('cut off anywhere, it ends in one file and one row for each completion', async () => {
  const { ctx, files, fail, warehouse, loaded } = await world()
  const id = await complete('2026-03-02T12:00:00Z')
  fail(connectionReset())
  warehouse.failNext('loadRows', connectionReset())
  await expect(exportNightly(ctx)).rejects.toThrow('ECONNRESET')
  warehouse.failNext('loadRows', connectionReset())
  await expect(exportNightly(ctx)).rejects.toThrow('ECONNRESET')
  warehouse.loseReply('loadRows', connectionReset())
  await expect(exportNightly(ctx)).rejects.toThrow('ECONNRESET')
  expect((await exportNightly(ctx)).days).toEqual(['2026-03-02'])
  expect([read(files, '2026-03-02').ids, await loaded()]).toEqual([[id], [id]])
})

it('cut off between two parts of a day, it loads each completion once, whoever was forgotten meanwhile', async () => {
  const { ctx, warehouse, loaded } = await world()
  await completeMany('2026-03-02T12:00:00Z', 5001)
  let calls = 0
  const cut = {
    ...warehouse,
    loadRows: async (...load: Parameters<typeof warehouse.loadRows>) => {
      calls += 1
      if (calls === 2) throw connectionReset()
      await warehouse.loadRows(...load)
    },
  }
  await expect(exportNightly({ ...ctx, warehouse: cut })).rejects.toThrow('ECONNRESET')
  const first = await loaded()
  await sql`delete from onboarding_sessions where id = ${String(first[0])}`
  await exportNightly(ctx)
  expect([first.length, new Set(await loaded()).size, (await loaded()).length]).toEqual([5000, 5001, 5001])
})

it('loads day after day where files cannot be left, and leaves files where nothing can be loaded', async () => {
  const { ctx, files, fail, warehouse, loaded } = await world()
  const ids = [await complete('2026-03-01T12:00:00Z'), await complete('2026-03-02T12:00:00Z')]
  fail(connectionReset())
  await expect(exportNightly(ctx)).rejects.toThrow('ECONNRESET')
  expect([files.size, await loaded()]).toEqual([0, ids])
  await sql`update answer_export_days set loaded_at = null`
  warehouse.failNext('loadRows', connectionReset())
  await expect(exportNightly(ctx)).rejects.toThrow('ECONNRESET')
  expect(['2026-03-01', '2026-03-02'].flatMap((day) => read(files, day).ids)).toEqual(ids)
  expect((await exportNightly(ctx)).days).toEqual(['2026-03-01', '2026-03-02'])
  expect(await exportNightly(ctx)).toEqual({ days: [], waiting: [] })
})

it('race: two workers at once leave one file and one row', async () => {
  const { ctx, files, loaded } = await world()
  const id = await complete('2026-03-02T12:00:00Z')
  await Promise.all([exportNightly(ctx), exportNightly(ctx)])
  expect([read(files, '2026-03-02').ids, await loaded()]).toEqual([[id], [id]])
})

it('waits a day for completions that are not in the snapshots, and goes without them then', async () => {
  const { ctx, files } = await world()
  await complete('2026-03-02T10:00:00Z')
  const late = await complete('2026-03-02T11:00:00Z', { snapshot: false })
  expect(await exportNightly(ctx)).toEqual({ days: [], waiting: ['2026-03-02'] })
  expect(files.size).toBe(0)
  await write(late, '2026-03-02T11:00:00Z')
  await complete('2026-03-02T12:00:00Z', { snapshot: false })
  await ctx.clock.advance(DAY_MS)
  expect((await exportNightly(ctx)).days).toEqual(['2026-03-02', '2026-03-03'])
  expect(read(files, '2026-03-02').manifest).toMatchObject({ count: 2, missing: 1 })
})

it('loads the warehouse where nobody wants files, and leaves them once somebody does', async () => {
  const { ctx, files, loaded } = await world()
  const id = await complete('2026-03-02T12:00:00Z')
  await exportNightly({ ...ctx, exportTarget: undefined })
  expect([files.size, await loaded()]).toEqual([0, [id]])
  await exportNightly(ctx)
  expect([read(files, '2026-03-02').ids, await loaded()]).toEqual([[id], [id]])
})
