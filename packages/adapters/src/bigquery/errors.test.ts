import { BigQuery } from '@google-cloud/bigquery'
import { classify, type ErrorCode, PATTERNS } from '@gangway/core/errors'
import type { TableDeclaration, Warehouse } from '@gangway/core/ports'
import { testClock } from '@gangway/core/testing'
import { testDatabase } from '@gangway/db/testing'
import { OAuth2Client } from 'google-auth-library'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBigQueryWarehouse } from './create-bigquery-warehouse.ts'
import { type RefusalShape, refusalBody } from './fake/refusal.ts'
import { bigQueryJobId } from './names.ts'
import { failureOf, fakeWorld, PROJECT } from './testing.ts'

const { fake, warehouse, client, options } = await fakeWorld(await testDatabase())
afterAll(() => fake.close())

const LABELS = { org: 'acme', run: 'run-1' }
const TABLE: TableDeclaration = {
  name: 'events',
  description: 'What happened.',
  columns: [
    { name: 'org_slug', type: 'STRING', required: true },
    { name: 'count', type: 'INT64' },
  ],
  clusterBy: ['org_slug'],
}
const GOOD = { org_slug: 'acme', count: 1 }
const table = client.dataset('acme_errors').table('events')

let loads = 0
const load = (to: Warehouse, row: object = GOOD) =>
  to.loadRows('acme_errors', 'events', { jobId: `job-${loads++}`, rows: [{ ...row }] })
const query = (text: string) => client.query({ query: text, location: 'US' })

beforeAll(async () => {
  await warehouse.ensureDataset('acme_errors', LABELS)
  await warehouse.ensureTable('acme_errors', TABLE)
})
beforeEach(async () => {
  fake.heal()
  fake.settings.jobMs = 0
  await options.clock.sleep(60_000)
})

/** One request is answered with this. */
async function answered(refusal: RefusalShape, request: () => Promise<unknown> = () => warehouse.ping()): Promise<unknown> {
  fake.fail({ kind: 'status', status: refusal.status, body: refusalBody(refusal) })
  return request()
}

/** Each failure as the SDK really throws it. */
const REAL: [pattern: string, code: ErrorCode, provoke: () => Promise<unknown>][] = [
  [
    'rate limit',
    'WAREHOUSE_UNAVAILABLE',
    async () => {
      for (let count = 0; count < 6; count++) await client.dataset('acme_errors').setMetadata({ description: `${count}` })
    },
  ],
  [
    'rate limit',
    'WAREHOUSE_UNAVAILABLE',
    async () => {
      // In another process time passes: the service sees six loads at once.
      const other = createBigQueryWarehouse({ ...options, clock: testClock({ autoUpToMs: 60_000 }) })
      for (let count = 0; count < 6; count++) await load(other)
    },
  ],
  [
    'too many requests',
    'WAREHOUSE_UNAVAILABLE',
    async () => {
      fake.fail({ kind: 'status', status: 429 })
      await warehouse.ping()
    },
  ],
  ['quota', 'WAREHOUSE_QUOTA', () => answered({ status: 403, reason: 'quotaExceeded', message: 'Quota exceeded' })],
  [
    'query too large',
    'WAREHOUSE_QUOTA',
    async () => {
      fake.failNextJob({ status: 400, reason: 'resourcesExceeded', message: 'Resources exceeded during query execution' })
      await warehouse.ping()
    },
  ],
  ['billing off', 'WAREHOUSE_DENIED', () => answered({ status: 403, reason: 'billingNotEnabled', message: 'Billing is off' })],
  [
    'access denied',
    'WAREHOUSE_DENIED',
    async () => {
      const authClient = new OAuth2Client()
      authClient.setCredentials({ access_token: 'reader:eve@example.com' })
      const stranger = new BigQuery({ projectId: PROJECT, apiEndpoint: fake.url, autoRetry: false, authClient })
      await stranger.query({ query: `SELECT * FROM \`${PROJECT}.acme_errors.events\``, location: 'US' })
    },
  ],
  [
    'credentials refused',
    'WAREHOUSE_DENIED',
    () => answered({ status: 401, reason: 'authError', message: 'Invalid Credentials' }),
  ],
  [
    'no credentials',
    'WAREHOUSE_DENIED',
    async () => {
      vi.stubEnv('METADATA_SERVER_DETECTION', 'none')
      vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '')
      vi.stubEnv('CLOUDSDK_CONFIG', '/nowhere')
      vi.stubEnv('HOME', '/nowhere')
      const nobody = new BigQuery({ projectId: PROJECT, apiEndpoint: fake.url, autoRetry: false })
      try {
        await answered({ status: 401, reason: 'required', message: 'Login Required' }, () => nobody.query('SELECT 1'))
      } finally {
        vi.unstubAllEnvs()
      }
    },
  ],
  [
    'dataset, table or job not found',
    'SYSTEM_NOT_READY',
    () => warehouse.readRows('nowhere', 'events', { column: 'org_slug', value: 'acme' }),
  ],
  ['dataset, table or job not found', 'SYSTEM_NOT_READY', () => warehouse.ensureTable('nowhere', TABLE)],
  ['name in use', 'DATASET_CONFLICT', () => client.createDataset('acme_errors')],
  [
    'changed in between',
    'DATABASE_CONFLICT',
    async () => {
      const [{ etag }] = await client.dataset('acme_errors').getMetadata()
      await client.dataset('acme_errors').setMetadata({ description: 'newer', etag })
      await client.dataset('acme_errors').setMetadata({ description: 'older', etag })
    },
  ],
  ['table not available', 'WAREHOUSE_UNAVAILABLE', () => client.dataset('acme_errors').delete({ force: false })],
  [
    'job stopped',
    'WAREHOUSE_UNAVAILABLE',
    async () => {
      fake.settings.jobMs = 60_000
      const id = `${bigQueryJobId('acme_errors', `job-${loads}`)}-1`
      const clock = testClock({ autoUpToMs: 0 })
      const loading = load(createBigQueryWarehouse({ ...options, clock }))
      await vi.waitFor(() => client.job(id, { location: 'US' }).cancel())
      const failed = failureOf(() => loading)
      await vi.waitFor(() => clock.sleeps.length > 0 || Promise.reject(new Error('it does not wait')))
      await clock.advance(1000)
      throw await failed
    },
  ],
  [
    'failure inside',
    'WAREHOUSE_UNAVAILABLE',
    () => answered({ status: 503, reason: 'backendError', message: 'Error encountered during execution. Retrying may help.' }),
  ],
  [
    'failure inside',
    'WAREHOUSE_UNAVAILABLE',
    async () => {
      fake.failNextJob({ status: 500, reason: 'internalError', message: 'An internal error occurred' })
      await load(warehouse)
    },
  ],
  [
    'failure without a reason',
    'WAREHOUSE_UNAVAILABLE',
    async () => {
      fake.fail({ kind: 'html', status: 502 })
      await warehouse.ping()
    },
  ],
  ['query refused', 'WAREHOUSE_REJECTED', () => query('SELEC 1')],
  ['query refused', 'WAREHOUSE_REJECTED', () => query(`SELECT wrong FROM \`${PROJECT}.acme_errors.events\``)],
  ['request refused', 'WAREHOUSE_REJECTED', () => client.createDataset('acme_labels', { labels: { org: 'NOT LOWER' } })],
  [
    'other refusal',
    'WAREHOUSE_DENIED',
    async () => {
      fake.fail({ kind: 'status', status: 403 })
      await warehouse.ping()
    },
  ],
  ['row refused', 'DATA_REJECTED', () => load(warehouse, { count: 1 })],
  ['row refused', 'DATA_REJECTED', () => table.insert([{ org_slug: 'acme', nonsense: 1 }], { partialRetries: 0 })],
]

describe('classify', () => {
  it.each(REAL)('knows BigQuery: %s (%s)', async (pattern, code, provoke) => {
    const error = await failureOf(provoke)
    expect(PATTERNS.find(({ matches }) => matches(error))?.name).toBe(`BigQuery: ${pattern}`)
    expect(classify(error)).toMatchObject({ code })
  })

  it('has seen every pattern of BigQuery', () => {
    const names = PATTERNS.map(({ name }) => name).filter((name) => name.startsWith('BigQuery: '))
    expect(new Set(REAL.map(([pattern]) => `BigQuery: ${pattern}`))).toEqual(new Set(names))
  })

  it('takes a cut line and an answer that does not come for the network’s', async () => {
    fake.fail({ kind: 'cut' })
    const cut = await failureOf(() => warehouse.ping())
    expect([classify(cut).code, Reflect.get(cut, 'code')]).toEqual(['NETWORK_UNREACHABLE', 'ECONNRESET'])
    const hasty = createBigQueryWarehouse({ ...options, requestMs: 50 })
    fake.fail({ kind: 'hang' })
    expect(classify(await failureOf(() => hasty.ping())).code).toBe('NETWORK_TIMEOUT')
    fake.fail({ kind: 'hang', match: '^POST /upload' })
    expect(classify(await failureOf(() => load(hasty))).code).toBe('NETWORK_TIMEOUT')
  })

  it('asks once: no failure is hidden behind retries of the SDK', async () => {
    for (const status of [429, 500, 503]) {
      const before = fake.requests.length
      fake.fail({ kind: 'status', status })
      await expect(warehouse.ping()).rejects.toMatchObject({ code: status })
      expect(fake.requests.length - before).toBe(1)
    }
  })
})
