import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bootstrap } from '@gangway/core/bootstrap'
import { testDatabase, type TestDatabase } from '@gangway/db/testing'
import { problemSchema, type Problem } from '@gangway/schemas/errors'
import { createTRPCClient, httpBatchLink, TRPCClientError, type TRPCClient } from '@trpc/client'
import superjson from 'superjson'
import { afterAll } from 'vitest'
import { z } from 'zod'
import { compose, type Composition } from '../compose.ts'
import { loadConfig } from '../config/config.ts'
import { buildServer } from '../http/server.ts'
import { startWorker } from '../jobs/worker.ts'
import { openLog } from '../log.ts'
import type { AppRouter } from '../routers/app-router.ts'

export interface Person {
  email: string
  cookie: string
  trpc: TRPCClient<AppRouter>
}

export interface TestApi {
  database: TestDatabase
  app: Composition
  url: string
  /** Somebody new, signed in; `trpc` speaks HTTP. */
  signUp(name?: string): Promise<Person>
  /** A client with these headers, batching as a browser does. */
  client(headers?: Record<string, string>): TRPCClient<AppRouter>
}

export interface TestApiOptions {
  /** Beside the usual. */
  env?: Record<string, string>
  requestsPerMinute?: number
}

/** The real server and worker on a database of the calling file's own, listening on a free port. */
export async function testApi({ env = {}, ...limits }: TestApiOptions = {}): Promise<TestApi> {
  const database = await testDatabase()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'gangway-api-'))
  const listening = await freshPort()
  const config = loadConfig({
    DATABASE_URL: database.urls.owner,
    DATA_DIR: dataDir,
    GANGWAY_ROOT_KEY: database.rootKey,
    API_PORT: String(listening),
    AUTH_ATTEMPTS_PER_MINUTE: '10000',
    LOG_LEVEL: 'silent',
    ...env,
  })
  const log = openLog('silent', 'test')
  const app = await compose({ config, log, ownerUrl: database.urls.owner, part: 'app' })
  const working = await compose({ config, log, ownerUrl: database.urls.owner, part: 'worker' })
  await bootstrap(app.contexts.bootstrap)
  const server = await buildServer(app, limits)
  const url = await server.listen({ port: listening, host: 'localhost' }).then(() => `http://localhost:${listening}`)
  const worker = await startWorker(working)

  // Registered after the database's own, and so run before it: nothing may be connected when that is dropped.
  afterAll(async () => {
    await worker.stop()
    await server.close()
    await Promise.all([app.close(), working.close()])
    rmSync(dataDir, { recursive: true, force: true })
  })

  function client(headers: Record<string, string> = {}): TRPCClient<AppRouter> {
    return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${url}/trpc`, transformer: superjson, headers })] })
  }

  return {
    database,
    app,
    url,
    client,
    async signUp(name = 'Ada Lovelace') {
      const email = `ada.${crypto.randomUUID().slice(0, 8)}@example.com`
      const cookie = await signUpFor(url, { name, email })
      return { email, cookie, trpc: client({ cookie }) }
    },
  }
}

async function signUpFor(url: string, person: { name: string; email: string }): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...person, password: 'a long enough password' }),
  })
  if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** The problem that a call fails with; fails itself when the call succeeds or says something else. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  try {
    await call
  } catch (error) {
    if (error instanceof TRPCClientError) return z.object({ problem: problemSchema }).parse(error.data).problem
    throw error
  }
  throw new Error('the call succeeded')
}

async function freshPort(): Promise<number> {
  const { createServer } = await import('node:net')
  return new Promise((resolve) => {
    const probe = createServer().listen(0, 'localhost', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
