import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { problemOf, testApi } from '../testing/api.ts'

const { url, database, signUp } = await testApi()
const admin = await signUp('Admin')
const customer = await signUp('Customer')
const ROWS = 2500

beforeAll(async () => {
  await database.sql`update users set role = 'admin' where email = ${admin.email}`
  await database.sql`
    insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers)
    select gen_random_uuid(), id, 'data', 'control', timestamptz '2025-02-01' + n * interval '1 second', 1, '{"work":{"role":"data"}}'
    from users, generate_series(1, ${ROWS}) n where email = ${customer.email}`
})

/** An export that the worker has written. */
async function written(request: { format?: 'csv' | 'ndjson'; gzip?: boolean } = {}) {
  const { id } = await admin.trpc.admin.exports.start.mutate(request)
  return vi.waitUntil(
    async () => (await admin.trpc.admin.exports.list.query({})).rows.find((row) => row.id === id && row.state === 'succeeded'),
    { timeout: 15_000 },
  )
}

async function download(path: string | null, headers: Record<string, string> = { cookie: admin.cookie }) {
  const response = await fetch(url + path, { headers })
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
}

describe('the file of an export', () => {
  it('is the one that was written, under its name', async () => {
    const done = await written()
    const { status, headers, body } = await download(done.downloadPath)
    expect([status, body.length, headers.get('content-length')]).toEqual([200, done.bytes, String(done.bytes)])
    expect(createHash('sha256').update(body).digest('hex')).toBe(done.sha256)
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${done.fileName}"`)
    expect(headers.get('content-type')).toBe('application/x-ndjson')
    expect(body.toString().trimEnd().split('\n')).toHaveLength(ROWS)
  })

  it('comes in ranges, for a download that was cut off', async () => {
    const done = await written({ format: 'csv', gzip: true })
    const whole = await download(done.downloadPath)
    expect(gunzipSync(whole.body).toString()).toMatch(/^session_id,/)
    const half = Math.floor(done.bytes / 2)
    const range = { cookie: admin.cookie, range: `bytes=${half}-`, 'if-range': whole.headers.get('etag') ?? '' }
    const rest = await download(done.downloadPath, range)
    expect([rest.status, rest.headers.get('content-range')]).toEqual([206, `bytes ${half}-${done.bytes - 1}/${done.bytes}`])
    expect(Buffer.concat([whole.body.subarray(0, half), rest.body]).equals(whole.body)).toBe(true)
    expect((await download(done.downloadPath, { ...range, 'if-range': '"another"' })).status).toBe(200)
    expect((await download(done.downloadPath, { cookie: admin.cookie, range: 'bytes=99999999-' })).status).toBe(416)
  })

  it('is for staff who are signed in, and not there before it is whole', async () => {
    const { downloadPath } = await written()
    expect((await download(downloadPath, {})).status).toBe(401)
    expect((await download(downloadPath, { cookie: customer.cookie })).status).toBe(403)
    expect((await download(`/api/admin/exports/${crypto.randomUUID()}/file`)).status).toBe(404)
    expect((await download('/api/admin/exports/nonsense/file')).status).toBe(404)
  })
})

it('refuses a filter that nothing can pass, and says what to change', async () => {
  const backwards = { completedFrom: new Date('2026-03-02'), completedBefore: new Date('2026-03-01') }
  const refused = await problemOf(admin.trpc.admin.exports.start.mutate({ filter: backwards }))
  expect(refused).toMatchObject({ code: 'INPUT_INVALID', details: { fields: ['filter.completedBefore'] } })
})
