import { ensureMetaTables } from '@gangway/core/bootstrap'
import { classify } from '@gangway/core/errors'
import { connectionReset, memoryWarehouse, silentLog, testClock } from '@gangway/core/testing'
import { setUpWorkspace } from '@gangway/core/workspace'
import { openSql } from '@gangway/db/client'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { comprehensiveViewContract } from '../contracts/comprehensive-view.contract.ts'
import { warehouseContract } from '../contracts/warehouse.contract.ts'
import { startLosingProxy } from './losing-proxy.ts'
import { createPostgresWarehouse } from './postgres-warehouse.ts'

const database = await testDatabase()
const warehouse = createPostgresWarehouse({ url: database.urls.warehouse })
afterAll(() => warehouse.close())

const proxy = await startLosingProxy(database.urls.warehouse)
const behindProxy = createPostgresWarehouse({ url: proxy.url })
afterAll(async () => {
  await behindProxy.close()
  await proxy.close()
})
/** By what Postgres says when the work is done and committed. */
const REPLIES = { ensureDataset: 'CREATE TABLE', ensureTable: 'CREATE INDEX', loadRows: 'INSERT 0' }

warehouseContract('the Postgres warehouse', async () => ({
  warehouse: behindProxy,
  loseReply: (call) => proxy.loseReply(REPLIES[call]),
}))
warehouseContract('the warehouse in memory', async () => {
  const memory = memoryWarehouse()
  return { warehouse: memory, loseReply: (call) => memory.loseReply(call, connectionReset()) }
})

comprehensiveViewContract('the Postgres warehouse', async () => {
  const [row] = await database.sql<{ now: Date }[]>`select now()`
  if (!row) throw new Error('the database does not know the time')
  return { warehouse, now: row.now }
})
comprehensiveViewContract('the warehouse in memory', async () => {
  const clock = testClock()
  return { warehouse: memoryWarehouse({ clock }), now: clock.now() }
})

describe('createPostgresWarehouse', () => {
  it('refuses a dataset whose name would break out of a statement', async () => {
    for (const name of ['a"; drop schema public; --', 'A_dataset', '_x_dataset', 'ab', `a${'b'.repeat(62)}`]) {
      await expect(warehouse.ensureDataset(name, { org: 'a', run: 'r' })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    }
  })

  it('takes a name that Postgres keeps for itself', async () => {
    const clock = testClock()
    await ensureMetaTables({ warehouse, log: silentLog() })
    const workspace = { dataset: 'pg_tools_0123abcd', orgSlug: 'pg_tools', runId: 'run-pg' }
    await setUpWorkspace({ warehouse, clock }, workspace)
    expect(await warehouse.describeDataset(workspace.dataset)).toHaveLength(7)
  })

  it('takes the longest name that a slug can make', async () => {
    const orgSlug = 'a'.repeat(50)
    const dataset = `${orgSlug}_0123abcd`
    await setUpWorkspace({ warehouse, clock: testClock() }, { dataset, orgSlug, runId: 'run-long' })
    expect(await warehouse.describeDataset(dataset)).toHaveLength(7)
  })

  it('leaves schemas alone that are not its own', async () => {
    await expect(warehouse.ensureDataset('public', { org: 'a', run: 'r' })).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
    await expect(warehouse.deleteDataset('public', { org: 'a', run: 'r' })).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
    await expect(warehouse.deleteDataset('pgboss', { org: 'a', run: 'r' })).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
  })

  it('sees nothing of the application, and the application nothing of the warehouse', async () => {
    await ensureMetaTables({ warehouse, log: silentLog() })
    await expect(warehouse.readRows('public', 'users', { column: 'email', value: 'ann@example.com' })).rejects.toThrow(
      'permission denied',
    )
    const app = openSql({ url: database.urls.app, name: 'test-app-raw' })
    await expect(app`select 1 from organizations.org_profiles`).rejects.toThrow('permission denied')
    await app.end()
  })

  it('indexes what a table is clustered and partitioned by', async () => {
    await ensureMetaTables({ warehouse, log: silentLog() })
    const indexes = await database.sql<{ indexdef: string }[]>`
      select indexdef from pg_indexes where schemaname = 'organizations' and tablename = 'org_meta_pipeline_runs'`
    expect(indexes).toHaveLength(1)
    expect(indexes[0]?.indexdef).toContain('(org_slug, provider, pipeline, status, start_time)')
  })

  it('a server that is not there is a transient failure', async () => {
    const nowhere = createPostgresWarehouse({ url: 'postgres://nobody@127.0.0.1:1/none' })
    const error: unknown = await nowhere.ping().catch((thrown: unknown) => thrown)
    expect(classify(error)).toMatchObject({ code: 'NETWORK_UNREACHABLE', retry: 'transient' })
    await nowhere.close()
  })
})
