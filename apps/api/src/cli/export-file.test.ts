import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { silentLog, testClock } from '@gangway/core/testing'
import { testDatabase } from '@gangway/db/testing'
import type { StartExport } from '@gangway/schemas/exports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemIds } from '../system.ts'
import { gangwayOn } from '../testing/gangway.ts'
import { findLeft, writeExport } from './export-file.ts'

const database = await testDatabase()
const { db, sql } = database
const ctx = { db, clock: testClock(), ids: systemIds, log: silentLog(), settings: { cursorKeys: ['key'] } }
const folder = mkdtempSync(path.join(tmpdir(), 'gangway-export-'))
const gangway = gangwayOn(database)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const ROWS = 11_000
const PATIENCE_MS = 60_000

beforeAll(async () => {
  await sql`insert into users (name, email) values ('Ada', 'ada@example.com')`
  await sql`
    insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers)
    select gen_random_uuid(), id, case when n % 4 = 0 then 'finance' else 'data' end, 'control', timestamptz '2025-02-01' + n * interval '1 second', 1, '{}'
    from users, generate_series(1, ${ROWS}) n`
})

const requestOf = (request: Partial<StartExport>): StartExport => ({ filter: {}, format: 'ndjson', gzip: false, ...request })

/** Interrupted when so many pieces are written. */
async function write(name: string, { pieces = Infinity, ...given }: Partial<StartExport> & { pieces?: number } = {}) {
  const [file, request] = [path.join(folder, name), requestOf(given)]
  const left = await findLeft(file, request)
  if (left === 'other') throw new Error('what is left is of another export')
  const cut = new AbortController()
  let written = 0
  const onProgress = () => {
    written += 1
    if (written === pieces) cut.abort()
  }
  return writeExport(ctx, { file, request, left, signal: cut.signal, onProgress })
}

const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

describe('a file', () => {
  it.each([
    ['ndjson', false],
    ['ndjson', true],
    ['csv', true],
  ] as const)('that was cut off anywhere becomes the same, as %s, packed: %s', async (format, gzip) => {
    const whole = await write(`whole-${format}-${gzip}`, { format, gzip })
    expect(whole).toMatchObject({ rows: ROWS, finished: true, resumedAfter: 0, sha256: hash(whole.file) })
    for (const pieces of [1, 2]) {
      const cut = await write(`cut-${format}-${gzip}-${pieces}`, { format, gzip, pieces })
      expect(cut).toMatchObject({ rows: pieces * 5000, finished: false })
      expect(existsSync(cut.file)).toBe(false)
      // Killed after a piece was written, and before its place was on record.
      appendFileSync(`${cut.file}.part`, 'half a piece')
      const rest = await write(`cut-${format}-${gzip}-${pieces}`, { format, gzip })
      expect(rest).toMatchObject({ finished: true, resumedAfter: pieces * 5000, bytes: whole.bytes, sha256: whole.sha256 })
      expect(hash(rest.file)).toBe(whole.sha256)
      expect([existsSync(`${rest.file}.part`), existsSync(`${rest.file}.part.json`)]).toEqual([false, false])
    }
    const text = (gzip ? gunzipSync(readFileSync(whole.file)) : readFileSync(whole.file)).toString()
    expect(text.trimEnd().split('\n')).toHaveLength(ROWS + (format === 'csv' ? 1 : 0))
  })

  it('begins anew where there is less of it than is on record, and where the record cannot be read', async () => {
    const whole = await write('whole')
    const lose = [
      (file: string) => truncateSync(`${file}.part`, 1000),
      (file: string) => rmSync(`${file}.part`),
      (file: string) => writeFileSync(`${file}.part.json`, '{"request":'),
    ]
    for (const [index, loss] of lose.entries()) {
      const { file } = await write(`lost-${index}`, { pieces: 2 })
      loss(file)
      expect(await write(`lost-${index}`)).toMatchObject({ resumedAfter: 0, rows: ROWS, sha256: whole.sha256 })
      expect(hash(file)).toBe(whole.sha256)
    }
  })

  it('has no record of another beginning beside it', async () => {
    const { file } = await write('twice', { pieces: 1 })
    const request = requestOf({ filter: { roles: ['finance'] } })
    const dies = () => {
      throw new Error('killed')
    }
    const { signal } = new AbortController()
    await expect(writeExport(ctx, { file, request, left: undefined, signal, onProgress: dies })).rejects.toThrow('killed')
    expect([existsSync(`${file}.part`), existsSync(`${file}.part.json`)]).toEqual([true, false])
  })

  it('is not gone on with for another export', async () => {
    const { file } = await write('left', { pieces: 1 })
    expect(await findLeft(file, requestOf({ filter: { roles: ['data'] } }))).toBe('other')
    expect(await findLeft(path.join(folder, 'nothing'), requestOf({}))).toBeUndefined()
  })
})

describe('gangway answers export', () => {
  it(
    'writes what the filter lets through, and says what it wrote',
    async () => {
      const file = path.join(folder, 'finance.ndjson')
      const asked = ['answers', 'export', '--out', file, '--role', 'finance', '--before', '2025-02-02']
      const { code, out, err } = await gangway.run(...asked, '--json')
      const rows = ROWS / 4
      const size = readFileSync(file).length
      expect([code, JSON.parse(out)]).toEqual([0, { file, rows, bytes: size, sha256: hash(file), resumed_after: 0 }])
      expect(err).toBe('')
      const [entry] = await sql`select actor_id, detail from audit_log where action = 'answers.exported' order by id desc limit 1`
      expect(entry).toMatchObject({ actor_id: null, detail: { filter: { roles: ['finance'] }, format: 'ndjson', gzip: false } })
    },
    PATIENCE_MS,
  )

  it(
    'ends with 2 for what is no filter, and for what is left of another export',
    async () => {
      const file = path.join(folder, 'left')
      for (const [option, value] of [
        ['--role', 'wizard'],
        ['--resume', ''],
        ['--out', path.join(folder, 'nowhere', 'answers.ndjson')],
      ]) {
        const asked = ['answers', 'export', '--out', file, '--gzip', option ?? '', ...(value ? [value] : [])]
        const { code, out, err } = await gangway.run(...asked)
        expect([code, out]).toEqual([2, ''])
        expect(err).toContain(option)
      }
    },
    PATIENCE_MS,
  )
})
