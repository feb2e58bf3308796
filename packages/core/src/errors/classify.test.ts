import { createServer } from 'node:net'
import { openSql } from '@gangway/db/client'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newUser } from '../testing/new-user.ts'
import { PATTERNS } from './catalogue.ts'
import { classify } from './classify.ts'
import { ERRORS, type ErrorCode } from './codes.ts'
import { GangwayError } from './gangway-error.ts'

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

/** Each failure as it really comes, from the driver or from Node.js. */
const REAL: [name: string, code: ErrorCode, provoke: () => Promise<unknown>][] = [
  ['a slug in use', 'SLUG_TAKEN', async () => organization('twice').then(() => organization('twice'))],
  [
    'an organization in use',
    'ORGANIZATION_EXISTS',
    async () => {
      const runId = crypto.randomUUID()
      await organization('run_one', runId)
      await organization('run_two', runId)
    },
  ],
  [
    'another duplicate',
    'DATABASE_CONFLICT',
    async () =>
      newUser(database.db, { email: 'a@b.test' }).then(() => app`insert into users (name, email) values ('A', 'a@b.test')`),
  ],
  [
    'a missing parent',
    'DATA_REJECTED',
    () => app`insert into spaces (owner_id, kind, name) values (${crypto.randomUUID()}, 'personal', 'x')`,
  ],
  ['a missing value', 'DATA_REJECTED', () => app`insert into users (name) values ('x')`],
  [
    'a failed check',
    'DATA_REJECTED',
    async () => {
      const { id } = await newUser(database.db)
      await app`insert into onboarding_runs (checkout_session_id, user_id, plan, slug, company_name, stages_completed) values ('c', ${id}, 'STARTER', 's', 'c', 9)`
    },
  ],
  ['a malformed uuid', 'DATA_REJECTED', () => app`select ${'nonsense'}::uuid`],
  [
    'a serialization failure',
    'DATABASE_CONFLICT',
    () => app.unsafe(`do $$ begin raise exception 'x' using errcode = '40001'; end $$`),
  ],
  [
    'a lock that is held',
    'DATABASE_BUSY',
    () =>
      app.begin(async (holder) => {
        await holder`lock table audit_log in row exclusive mode`
        await app`select 1 from audit_log for update nowait`.catch(() => {})
        await database.sql.begin(async (other) => {
          await other`set local lock_timeout = '20ms'`
          await other`lock table audit_log in access exclusive mode`
        })
      }),
  ],
  [
    'a statement that takes too long',
    'DATABASE_BUSY',
    () =>
      app.begin(async (tx) => {
        await tx`set local statement_timeout = '20ms'`
        await tx`select pg_sleep(5)`
      }),
  ],
  [
    'a session ended by the server',
    'DATABASE_UNAVAILABLE',
    async () => {
      const victim = openSql({ url: database.urls.app, name: 'victim' })
      try {
        const [{ pid } = { pid: 0 }] = await victim<{ pid: number }[]>`select pg_backend_pid() as pid`
        const sleeping = victim`select pg_sleep(5)`
        const ended = expect(sleeping).rejects.toThrow(/terminating connection|CONNECTION_CLOSED/)
        await new Promise((resolve) => setTimeout(resolve, 50))
        await database.sql`select pg_terminate_backend(${pid})`
        await ended
        await sleeping
      } finally {
        await victim.end({ timeout: 1 })
      }
    },
  ],
  [
    'a wrong password',
    'DATABASE_UNAVAILABLE',
    async () => {
      const url = new URL(database.urls.app)
      url.password = 'wrong'
      const stranger = openSql({ url: url.toString(), name: 'stranger' })
      await stranger`select 1`.finally(() => stranger.end())
    },
  ],
  ['a missing table', 'SYSTEM_NOT_READY', () => app`select * from organizations_of_nobody`],
  ['a missing schema', 'SYSTEM_NOT_READY', () => app`create table nowhere.at_all (id int)`],
  ['a missing privilege', 'SYSTEM_NOT_READY', () => app`delete from onboarding_stage_events`],
  [
    'a closed connection',
    'DATABASE_UNAVAILABLE',
    async () => {
      const closed = openSql({ url: database.urls.app, name: 'closed' })
      await closed.end()
      await closed`select 1`
    },
  ],
  [
    'a database that is not there',
    'NETWORK_UNREACHABLE',
    async () => {
      const absent = openSql({ url: `postgres://a:b@127.0.0.1:${await closedPort()}/x`, name: 'absent' })
      await absent`select 1`.finally(() => absent.end())
    },
  ],
  ['a service that is not there', 'NETWORK_UNREACHABLE', async () => fetch(`http://127.0.0.1:${await closedPort()}`)],
  ['a line that is cut', 'NETWORK_UNREACHABLE', () => withServer('cut', (address) => fetch(`http://${address}`))],
  [
    'an answer that does not come',
    'NETWORK_TIMEOUT',
    () => withServer('silent', (address) => fetch(`http://${address}`, { signal: AbortSignal.timeout(50) })),
  ],
  ['input that does not fit', 'INPUT_INVALID', async () => z.string().parse(1)],
]

describe('classify', () => {
  it.each(REAL)('knows %s', async (_name, code, provoke) => {
    const error: unknown = await provoke().then(
      () => undefined,
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(Error)
    expect(classify(error)).toMatchObject({ code, ...ERRORS[code] })
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

  it('holds at least 25 patterns, each with a name of its own', () => {
    expect(PATTERNS.length).toBeGreaterThanOrEqual(25)
    expect(new Set(PATTERNS.map((pattern) => pattern.name)).size).toBe(PATTERNS.length)
  })
})
