import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openSql } from '@gangway/db/client'
import { startEmbeddedPostgres } from '@gangway/db/embedded'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newUser } from '../testing/new-user.ts'
import { PATTERNS } from './catalogue.ts'
import { classify, patternOf } from './classify.ts'
import { ERRORS } from './codes.ts'
import { GangwayError } from './gangway-error.ts'
import { NETWORK_PATTERNS } from './patterns/network.ts'
import { POSTGRES_PATTERNS } from './patterns/postgres.ts'

const database = await testDatabase()
const app = openSql({ url: database.urls.app, name: 'errors-app', max: 2 })
afterAll(() => app.end())

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** A server that takes a request and cuts the line, or never answers. */
async function withServer<Result>(behave: 'cut' | 'silent', use: (url: string) => Promise<Result>): Promise<Result> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (behave === 'cut') socket.once('data', () => socket.resetAndDestroy())
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  try {
    return await use(`127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
  } finally {
    server.close()
  }
}

async function organization(slug: string, runId: string = crypto.randomUUID()) {
  await app`insert into organizations (run_id, slug, name) values (${runId}, ${slug}, 'Acme')`
}

/** Each pattern with its failure as it really comes, from the driver or from Node.js. */
const REAL: Record<string, () => Promise<unknown>> = {
  'slug already in use': () => organization('twice').then(() => organization('twice')),
  'duplicate key': async () => {
    const runId = crypto.randomUUID()
    await organization('run_one', runId)
    await organization('run_two', runId)
  },
  'other duplicate key': () =>
    newUser(database.db, { email: 'a@b.test' }).then(() => app`insert into users (name, email) values ('A', 'a@b.test')`),
  'foreign key': () => app`insert into spaces (owner_id, kind, name) values (${crypto.randomUUID()}, 'personal', 'x')`,
  'missing value or failed check': () => app`insert into users (name) values ('x')`,
  'value too long or malformed': () => app`select ${'nonsense'}::uuid`,
  'serialization failure': () =>
    app.begin('isolation level repeatable read', async (tx) => {
      await tx`select count(*) from users`
      const { id } = await newUser(database.db)
      await database.sql`update users set name = 'first'`
      await tx`update users set name = 'second' where id <> ${id}`
    }),
  deadlock: async () => {
    const [one, two] = [await newUser(database.db), await newUser(database.db)]
    const bothHoldOne = Promise.withResolvers<void>()
    let holding = 0
    const rename = (first: string, second: string) =>
      database.sql.begin(async (tx) => {
        await tx`set local deadlock_timeout = '50ms'`
        await tx`update users set name = 'x' where id = ${first}`
        if (++holding === 2) bothHoldOne.resolve()
        await bothHoldOne.promise
        await tx`update users set name = 'x' where id = ${second}`
      })
    await Promise.all([rename(one.id, two.id), rename(two.id, one.id)])
  },
  'lock not available': () =>
    app.begin(async (holder) => {
      await holder`lock table audit_log in row exclusive mode`
      await database.sql.begin(async (other) => {
        await other`set local lock_timeout = '20ms'`
        await other`lock table audit_log in access exclusive mode`
      })
    }),
  'statement timeout': () =>
    app.begin(async (tx) => {
      await tx`set local statement_timeout = '20ms'`
      await tx`select pg_sleep(5)`
    }),
  'server shutting down or starting': () => withClosingServer((url) => stranger(url, (sql) => sql`select 1`)),
  'connection exception': () => app.unsafe('select $1::int, $2::int', [1]),
  'too many connections': async () => {
    const [{ name } = { name: '' }] = await database.sql<{ name: string }[]>`select current_database() as name`
    await database.sql.unsafe(`alter database ${name} connection limit 0`)
    await stranger(database.urls.app, (sql) => sql`select 1`).finally(() =>
      database.sql.unsafe(`alter database ${name} connection limit -1`),
    )
  },
  'disk full': () => database.sql`copy (select repeat('x', 100000)) to '/dev/full'`,
  'out of memory': () => database.sql`select pg_advisory_xact_lock(n) from generate_series(1, 10000000) n`,
  'missing table, schema or column': () => app`create table nowhere.at_all (id int)`,
  'privilege missing': () => app`delete from onboarding_stage_events`,
  'wrong database password': () => {
    const url = new URL(database.urls.app)
    url.password = 'wrong'
    return stranger(url.href, (sql) => sql`select 1`)
  },
  'connection closed by the database': async () => {
    const closed = openSql({ url: database.urls.app, name: 'closed' })
    await closed.end()
    await closed`select 1`
  },
  'database did not accept in time': () =>
    withServer('silent', (address) => stranger(`postgres://a:b@${address}/x?connect_timeout=1`, (sql) => sql`select 1`)),
  'connection refused': async () => fetch(`http://127.0.0.1:${await closedPort()}`),
  'host not found': () => fetch('http://nobody.invalid'),
  'connection cut': () => withServer('cut', (address) => fetch(`http://${address}`)),
  'no answer in time': () => withServer('silent', (address) => fetch(`http://${address}`, { dispatcher: impatient() })),
  'no space on the disk': () => writeFile('/dev/full', 'x'),
  'deadline passed': () => withServer('silent', (address) => fetch(`http://${address}`, { signal: AbortSignal.timeout(50) })),
  'input does not fit its schema': async () => z.string().parse(1),
}

/** A client for one statement. */
async function stranger<Result>(url: string, use: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = openSql({ url, name: 'stranger' })
  return use(sql).finally(() => sql.end({ timeout: 1 }))
}

type Sql = ReturnType<typeof openSql>

/** A Postgres that waits for its last session, and lets nobody in any more. */
async function withClosingServer<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-closing-'))
  await chmod(dataDir, 0o755)
  const server = await startEmbeddedPostgres({ dataDir, password: 'closing', disposable: true })
  const last = openSql({ url: server.superuserUrl, name: 'last' })
  try {
    await last`select 1`
    process.kill(server.pid, 'SIGTERM')
    const isOpen = () => stranger(server.superuserUrl, (sql) => sql`select 1`).then(Boolean, () => false)
    await expect.poll(isOpen, { timeout: 10_000 }).toBe(false)
    return await use(server.superuserUrl)
  } finally {
    await last.end()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** What carries `fetch`, with other limits: Node.js hands its own out under this name alone. */
function impatient(): NonNullable<RequestInit['dispatcher']> {
  const usual: unknown = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'))
  if (typeof usual !== 'object' || usual === null) throw new Error('nothing was fetched yet')
  return z.custom<NonNullable<RequestInit['dispatcher']>>().parse(Reflect.construct(usual.constructor, [{ headersTimeout: 20 }]))
}

/** The pattern that knows an error, or what has caused it. */
function knownAs(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const found = patternOf(current)
    if (found) return found.name
  }
  return undefined
}

describe('classify', () => {
  it.each(Object.entries(REAL))('knows "%s" from the real failure', async (name, provoke) => {
    const error: unknown = await provoke().then(
      () => undefined,
      (caught: unknown) => caught,
    )
    expect(knownAs(error)).toBe(name)
    const code = PATTERNS.find((pattern) => pattern.name === name)?.code ?? 'UNKNOWN'
    expect(classify(error)).toMatchObject({ code, ...ERRORS[code] })
  })

  it('has met each pattern of the database, of Node.js and of schemas', () => {
    const known = [...POSTGRES_PATTERNS, ...NETWORK_PATTERNS].map(({ name }) => name)
    expect(Object.keys(REAL).toSorted()).toEqual([...known, 'input does not fit its schema'].toSorted())
  })

  it('finds what a driver or tRPC has wrapped', () => {
    const inner = new GangwayError('SLUG_TAKEN', { details: { slug: 'acme' } })
    expect(classify(new Error('outer', { cause: new Error('middle', { cause: inner }) }))).toMatchObject({
      code: 'SLUG_TAKEN',
      details: { slug: 'acme' },
    })
  })

  it('tells people nothing of what it does not know', () => {
    expect(classify(new Error('relation "secrets" has 3 rows'))).toMatchObject({
      code: 'UNKNOWN',
      message: 'Something went wrong.',
    })
    expect(classify('text')).toMatchObject({ code: 'UNKNOWN' })
  })

  it('holds at least 45 patterns, each with a name of its own', () => {
    expect(PATTERNS.length).toBeGreaterThanOrEqual(45)
    expect(new Set(PATTERNS.map((pattern) => pattern.name)).size).toBe(PATTERNS.length)
  })
})
