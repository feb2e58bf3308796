import { silentLog, testClock } from '@gangway/core/testing'
import type { TestDatabase } from '@gangway/db/testing'
import { connect } from './connection.ts'
import { createBigQueryWarehouse } from './create-bigquery-warehouse.ts'
import { startFakeBigQuery } from './fake/start-fake-bigquery.ts'

export const PROJECT = 'test-project'

/** A fake of the test's own. Every wait is over at once and takes its time with it, for the service and its callers alike. */
export async function fakeWorld(database: TestDatabase, clock = testClock({ autoUpToMs: 3_600_000 })) {
  const fake = await startFakeBigQuery({ projectId: PROJECT, postgresUrl: database.urls.warehouse, clock })
  const log = silentLog()
  const options = { projectId: PROJECT, apiEndpoint: fake.url, clock, log }
  return {
    ...{ fake, clock, log, options },
    warehouse: createBigQueryWarehouse(options),
    /** The SDK as the adapter sets it up, for requests that the adapter never makes. */
    client: connect(options).client,
  }
}

/** What it failed with. */
export async function failureOf(attempt: () => Promise<unknown>): Promise<Error> {
  const error: unknown = await attempt().then(
    () => undefined,
    (caught: unknown) => caught,
  )
  if (error instanceof Error) return error
  throw new Error('it did not fail')
}
