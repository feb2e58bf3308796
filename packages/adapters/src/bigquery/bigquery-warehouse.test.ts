import { randomBytes } from 'node:crypto'
import { BigQuery } from '@google-cloud/bigquery'
import { classify } from '@gangway/core/errors'
import type { TableDeclaration } from '@gangway/core/ports'
import { COMPREHENSIVE_VIEW, removeWorkspace, setUpWorkspace } from '@gangway/core/workspace'
import { bootstrap, CENTRAL_DATASET } from '@gangway/core/bootstrap'
import { seededIds } from '@gangway/core/testing'
import { testDatabase } from '@gangway/db/testing'
import { OAuth2Client } from 'google-auth-library'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLists } from './access-list.ts'
import { connect } from './connection.ts'
import { createBigQueryWarehouse } from './create-bigquery-warehouse.ts'
import { fakeWorld, PROJECT } from './testing.ts'

const database = await testDatabase()
const { fake, warehouse, client, clock, log, options } = await fakeWorld(database)
const ctx = { db: database.db, clock, ids: seededIds('bigquery'), log, warehouse }
afterAll(() => fake.close())
beforeAll(() => bootstrap(ctx))
const usual = { ...fake.settings }
/** What the last test changed counts against no limit any more. */
beforeEach(() => clock.sleep(60_000))
afterEach(() => {
  fake.heal()
  Object.assign(fake.settings, usual)
})

const TABLE: TableDeclaration = {
  name: 'events',
  description: 'What happened.',
  columns: [
    { name: 'org_slug', type: 'STRING', required: true },
    { name: 'note', type: 'STRING' },
  ],
  clusterBy: ['org_slug'],
}
const row = (note: string) => ({ org_slug: 'acme', note })
const read = (dataset: string) => warehouse.readRows(dataset, 'events', { column: 'org_slug', value: 'acme' })

type Place = ReturnType<typeof newPlace>

async function withRetries(work: () => Promise<unknown>): Promise<void> {
  for (let left = 10; ; left--) {
    try {
      await work()
      return
    } catch (error) {
      if (left === 0 || classify(error).retry !== 'transient') throw error
      await clock.sleep(4000)
    }
  }
}

function newPlace() {
  const orgSlug = `org_${randomBytes(4).toString('hex')}`
  return { orgSlug, runId: `run-${orgSlug}`, dataset: `${orgSlug}_0123abcd` }
}

async function newTable() {
  const { dataset, orgSlug, runId } = newPlace()
  await warehouse.ensureDataset(dataset, { org: orgSlug, run: runId })
  await warehouse.ensureTable(dataset, TABLE)
  return dataset
}

const sent = (request: RegExp) => fake.requests.filter(({ method, path }) => request.test(`${method} ${path}`)).length

describe('createBigQueryWarehouse', () => {
  it('labels what it makes with the org and the run, also when a label cannot hold them', async () => {
    const long = { org: 'A Name With Blanks', run: 'r'.repeat(70) }
    await warehouse.ensureDataset('labelled_0123abcd', long)
    const [{ labels }] = await client.dataset('labelled_0123abcd').getMetadata()
    expect(labels).toEqual({ gangway_org: expect.stringMatching(/^sha256-/), gangway_run: expect.stringMatching(/^sha256-/) })
    expect(await warehouse.ensureDataset('labelled_0123abcd', long)).toBe('present')
    const { dataset, orgSlug, runId } = newPlace()
    await warehouse.ensureDataset(dataset, { org: orgSlug, run: runId })
    const [metadata] = await client.dataset(dataset).getMetadata()
    expect(metadata).toMatchObject({ location: 'US', labels: { gangway_org: orgSlug, gangway_run: runId } })
  })

  it('sends no credentials where no Google is', async () => {
    await warehouse.ping()
    expect(fake.requests.at(-1)?.path).toContain('/queries')
    expect(fake.requests.at(-1)?.headers).not.toHaveProperty('authorization')
  })

  it('declares partitions and clusters, and refuses names that would break out of a query', async () => {
    const [{ timePartitioning, clustering }] = await client.dataset(CENTRAL_DATASET).table('org_usage_quotas').getMetadata()
    expect([timePartitioning, clustering]).toEqual([{ type: 'DAY', field: 'usage_date' }, { fields: ['org_slug', 'usage_date'] }])
    const invalid = { code: 'INPUT_INVALID' }
    for (const name of ['a`b', 'A_dataset', 'ab', `a${'b'.repeat(62)}`, '../datasets'])
      await expect(warehouse.ensureDataset(name, { org: 'a', run: 'r' })).rejects.toMatchObject(invalid)
    const filter = { column: 'a` = "" OR TRUE --', value: 'x' }
    await expect(warehouse.readRows(CENTRAL_DATASET, 'org_members', filter)).rejects.toMatchObject(invalid)
    await expect(warehouse.ensureComprehensiveView('acme_0123abcd', CENTRAL_DATASET, "a' OR TRUE")).rejects.toMatchObject(invalid)
  })

  it('takes what is not found for too new when it has made it a moment ago, and for missing later', async () => {
    const { dataset, orgSlug, runId } = newPlace()
    await warehouse.ensureDataset(dataset, { org: orgSlug, run: runId })
    fake.settings.visibleAfterMs = 20_000
    await warehouse.ensureTable(dataset, TABLE)
    const load = () => warehouse.loadRows(dataset, 'events', { jobId: 'job', rows: [row('early')] })
    const tooNew = { code: 'WAREHOUSE_UNAVAILABLE' }
    await expect(load()).rejects.toMatchObject(tooNew)
    await expect(read(dataset)).rejects.toMatchObject(tooNew)
    await expect(warehouse.ensureTable(dataset, TABLE)).rejects.toMatchObject(tooNew)
    await clock.sleep(20_000)
    await load()
    expect(await read(dataset)).toEqual([row('early')])
    await client.dataset(dataset).table('events').delete()
    await clock.sleep(300_000)
    await expect(read(dataset)).rejects.toMatchObject({ code: 404 })
  })

  it('waits for a job, repeats a failed one under the next id, and never one that has loaded', async () => {
    const dataset = await newTable()
    fake.settings.jobMs = 30_000
    const load = (note: string) => warehouse.loadRows(dataset, 'events', { jobId: 'job', rows: [row(note)] })
    for (const reason of ['backendError', 'rateLimitExceeded']) {
      fake.failNextJob({ status: 500, reason, message: 'try again' })
      await expect(load('lost')).rejects.toThrow(reason)
    }
    expect(await read(dataset)).toEqual([])
    await load('third')
    await load('fourth')
    expect(await read(dataset)).toEqual([row('third')])
  })

  it('race: a job that eight processes repeat after a failure loads once', async () => {
    const dataset = await newTable()
    const load = (from = warehouse) => from.loadRows(dataset, 'events', { jobId: 'job', rows: [row('once')] })
    fake.failNextJob({ status: 500, reason: 'backendError', message: 'try again' })
    await expect(load()).rejects.toThrow('backendError')
    fake.settings.jobMs = 5000
    await Promise.all(Array.from({ length: 8 }, () => load(createBigQueryWarehouse(options))))
    expect(await read(dataset)).toEqual([row('once')])
  })

  it('joins a load that is under way, instead of waiting for another turn', async () => {
    const dataset = await newTable()
    const before = sent(/^POST \/upload/)
    const load = () => warehouse.loadRows(dataset, 'events', { jobId: 'job', rows: [row('once')] })
    await Promise.all([load(), load(), load()])
    expect(sent(/^POST \/upload/) - before).toBe(1)
    expect(await read(dataset)).toEqual([row('once')])
  })

  it('asks for the columns of a table once, and again when a row has one that is new', async () => {
    const dataset = await newTable()
    const other = createBigQueryWarehouse(options)
    const load = (jobId: string, rows: Record<string, string>[]) => other.loadRows(dataset, 'events', { jobId, rows })
    const asked = () => sent(new RegExp(`^GET .*/${dataset}/tables/events$`))
    await load('job-1', [row('a')])
    await load('job-2', [row('b')])
    expect(asked()).toBe(1)
    await warehouse.ensureTable(dataset, { ...TABLE, columns: [...TABLE.columns, { name: 'extra', type: 'STRING' }] })
    const before = asked()
    await load('job-3', [{ ...row('c'), extra: 'new' }])
    expect(asked() - before).toBe(1)
    await expect(load('job-4', [{ ...row('d'), nonsense: 'x' }])).rejects.toMatchObject({ code: 'SYSTEM_NOT_READY' })
    expect(await read(dataset)).toHaveLength(3)
  })

  it('reads every page of an answer', async () => {
    const dataset = await newTable()
    fake.settings.pageRows = 2
    const rows = ['a', 'b', 'c', 'd', 'e'].map(row)
    await warehouse.loadRows(dataset, 'events', { jobId: 'job', rows })
    expect(await read(dataset)).toHaveLength(5)
  })

  it('race: two processes that add different columns at once lose neither', async () => {
    const dataset = await newTable()
    const other = createBigQueryWarehouse(options)
    const wider = (name: string): TableDeclaration => ({ ...TABLE, columns: [...TABLE.columns, { name, type: 'STRING' }] })
    await Promise.all([warehouse.ensureTable(dataset, wider('one')), other.ensureTable(dataset, wider('two'))])
    const [table] = (await warehouse.describeDataset(dataset)) ?? []
    expect(table?.columns.map(({ name }) => name).toSorted()).toEqual(['note', 'one', 'org_slug', 'two'])
  })
})

describe('the comprehensive view', () => {
  it('can be read by those who may read the workspace and nothing else', async () => {
    const place = newPlace()
    await setUpWorkspace(ctx, place)
    const now = new Date()
    const profile = { company_name: 'Acme', admin_email: 'ann@example.com', status: 'ACTIVE', created_at: now, updated_at: now }
    const rows = [{ org_slug: place.orgSlug, ...profile }]
    await warehouse.loadRows(CENTRAL_DATASET, 'org_profiles', { jobId: place.runId, rows })
    const [{ access }] = await client.dataset(place.dataset).getMetadata()
    await client.dataset(place.dataset).setMetadata({ access: [...access, { role: 'READER', userByEmail: 'ann@example.com' }] })

    const authClient = new OAuth2Client()
    authClient.setCredentials({ access_token: 'reader:ann@example.com' })
    const ann = new BigQuery({ projectId: PROJECT, apiEndpoint: fake.url, autoRetry: false, authClient })
    const asAnn = (path: string) => ann.query({ query: `SELECT * FROM \`${PROJECT}.${path}\``, location: 'US' })
    const [seen] = await asAnn(`${place.dataset}.${COMPREHENSIVE_VIEW}`)
    expect(seen).toMatchObject([{ tenant_id: place.orgSlug, company_name: 'Acme' }])
    await expect(asAnn(`${CENTRAL_DATASET}.org_profiles`)).rejects.toMatchObject({ code: 403 })
    expect(fake.authorizedViews(CENTRAL_DATASET)).toContain(`${place.dataset}.${COMPREHENSIVE_VIEW}`)
  })

  it('is given its query again when it has another', async () => {
    const place = newPlace()
    await setUpWorkspace(ctx, place)
    const view = client.dataset(place.dataset).table(COMPREHENSIVE_VIEW)
    const [{ view: right }] = await view.getMetadata()
    await view.setMetadata({ view: 'SELECT 1 AS tenant_id' })
    await warehouse.ensureComprehensiveView(place.dataset, CENTRAL_DATASET, place.orgSlug)
    const [{ view: mended }] = await view.getMetadata()
    expect(mended).toEqual(right)
  })

  it('race: three processes let in twelve views each, and the access list holds them all', async () => {
    const places = Array.from({ length: 36 }, newPlace)
    const processes = [warehouse, createBigQueryWarehouse(options), createBigQueryWarehouse(options)]
    const setUp = (place: Place, index: number) => setUpWorkspace({ ...ctx, warehouse: processes[index % 3] ?? warehouse }, place)
    // No process paces the others: what the service refuses for that is tried again, as by a stage.
    await Promise.all(places.map((place, index) => withRetries(() => setUp(place, index))))
    expect(fake.authorizedViews(CENTRAL_DATASET)).toEqual(
      expect.arrayContaining(places.map(({ dataset }) => `${dataset}.${COMPREHENSIVE_VIEW}`)),
    )
  })

  it('is shut out when its workspace is removed, and forgotten when somebody else has removed it', async () => {
    const [removed, deleted, next] = [newPlace(), newPlace(), newPlace()]
    await setUpWorkspace(ctx, removed)
    await setUpWorkspace(ctx, deleted)
    await removeWorkspace(ctx, removed)
    await client.dataset(deleted.dataset).delete({ force: true })
    const viewOf = ({ dataset }: Place) => `${dataset}.${COMPREHENSIVE_VIEW}`
    expect(fake.authorizedViews(CENTRAL_DATASET)).toContain(viewOf(deleted))
    expect(fake.authorizedViews(CENTRAL_DATASET)).not.toContain(viewOf(removed))
    await setUpWorkspace(ctx, next)
    expect(fake.authorizedViews(CENTRAL_DATASET)).toContain(viewOf(next))
    expect(fake.authorizedViews(CENTRAL_DATASET)).not.toContain(viewOf(deleted))
  })

  it('goes without being let in when the access list is full, and the log says so', async () => {
    const place = newPlace()
    await setUpWorkspace(ctx, place)
    const before = fake.authorizedViews(CENTRAL_DATASET)
    const { letIn } = createAccessLists(connect(options), before.length)
    await warehouse.ensureDataset('late_0123abcd', { org: 'late', run: 'run-late' })
    await client.dataset('late_0123abcd').createTable('late_view', { view: 'SELECT 1 AS one' })
    await letIn(CENTRAL_DATASET, { dataset: 'late_0123abcd', table: 'late_view' })
    expect(fake.authorizedViews(CENTRAL_DATASET)).toEqual(before)
    expect(log.entries.at(-1)).toMatchObject({ level: 'warn', fields: { view: 'late_0123abcd.late_view' } })
  })
})
