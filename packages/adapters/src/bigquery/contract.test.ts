import { silentLog, testClock } from '@gangway/core/testing'
import { testDatabase } from '@gangway/db/testing'
import { afterAll } from 'vitest'
import { comprehensiveViewContract } from '../contracts/comprehensive-view.contract.ts'
import { warehouseContract } from '../contracts/warehouse.contract.ts'
import { createBigQueryWarehouse } from './create-bigquery-warehouse.ts'
import { startFakeBigQuery } from './fake/start-fake-bigquery.ts'

const database = await testDatabase()
/** Every wait is over at once, and takes its time with it: for the adapter and for the limits of the service alike. */
const clock = testClock({ autoUpToMs: 600_000 })
const fake = await startFakeBigQuery({ projectId: 'test-project', postgresUrl: database.urls.warehouse, clock })
afterAll(() => fake.close())

const open = () => createBigQueryWarehouse({ projectId: 'test-project', apiEndpoint: fake.url, clock, log: silentLog() })

const CREATIONS = { ensureDataset: 'POST .*/datasets$', ensureTable: 'POST .*/tables$', loadRows: 'POST /upload/.*/jobs$' }

warehouseContract('BigQuery', async () => ({
  warehouse: open(),
  loseReply: (call) => fake.fail({ kind: 'lose-reply', match: CREATIONS[call] }),
}))

comprehensiveViewContract('BigQuery', async () => {
  const [row] = await database.sql<{ now: Date }[]>`select now()`
  if (!row) throw new Error('the database does not know the time')
  return { warehouse: open(), now: row.now }
})
