import { CENTRAL_DATASET } from '@gangway/core/bootstrap'
import type { BootstrapStatus } from '@gangway/schemas/bootstrap'
import type { AccountRole, Viewer } from '@gangway/schemas/account'
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing/api.ts'
import { problemOf } from '../trpc/problem.ts'
import { adminBootstrapRouter } from './admin-bootstrap.ts'

const { app, database } = await testApi()

async function caller(role: AccountRole | null) {
  const email = `${crypto.randomUUID()}@example.com`
  const [user] = await database.sql<Viewer[]>`insert into users (name, email) values ('Ada', ${email}) returning id, email, name`
  const viewer = user && role ? { ...user, role } : null
  return { id: user?.id, call: adminBootstrapRouter.createCaller({ contexts: app.contexts, viewer: async () => viewer }) }
}

async function drop(): Promise<void> {
  await database.sql.unsafe(`drop schema if exists ${CENTRAL_DATASET} cascade`)
}

/** The code that a call fails with. */
async function codeOf(call: () => Promise<unknown>): Promise<string> {
  return call().then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? problemOf(error).code : 'not an error'),
  )
}

describe('adminBootstrapRouter', () => {
  it('is for staff alone', async () => {
    for (const [role, code] of [
      [null, 'UNAUTHENTICATED'],
      ['customer', 'FORBIDDEN'],
    ] as const) {
      const { call } = await caller(role)
      expect(await codeOf(() => call.status())).toBe(code)
      expect(await codeOf(() => call.run())).toBe(code)
      expect(await codeOf(() => call.progress())).toBe(code)
    }
  })

  it('sets the warehouse up, and is in the audit log', async () => {
    await drop()
    const { id, call } = await caller('admin')
    const report = await call.run()
    expect(report).toMatchObject({ status: 'SYNCED', tables_present: 21 })
    expect(report.tables.map(({ state }) => state)).toEqual(Array.from({ length: 21 }, () => 'created'))
    expect(await call.status()).toMatchObject({ status: 'SYNCED', tables_expected: 21, tables_missing: [], drift: [] })
    const entries = await database.sql<
      { action: string }[]
    >`select action from audit_log where actor_id = ${id ?? ''} order by id`
    expect(entries.map(({ action }) => action)).toEqual(['bootstrap.started', 'bootstrap.finished'])
  })

  it('streams how far it is, and ends with it', async () => {
    await drop()
    const { call } = await caller('admin')
    const seen: BootstrapStatus[] = []
    for await (const status of await call.progress()) {
      if (seen.length === 0) await call.run()
      seen.push(status)
    }
    expect(seen.map(({ status, tables_present }) => [status, tables_present])).toEqual([
      ['NOT_SYNCED', 0],
      ['SYNCED', 21],
    ])
  })
})
