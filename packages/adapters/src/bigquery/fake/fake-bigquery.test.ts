import { randomBytes } from 'node:crypto'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { fakeWorld, PROJECT } from '../testing.ts'

const { fake, client, clock, warehouse } = await fakeWorld(await testDatabase())
afterAll(() => fake.close())
beforeEach(() => clock.sleep(60_000))

const FIELDS = [
  { name: 'org_slug', type: 'STRING', mode: 'REQUIRED' },
  { name: 'at', type: 'TIMESTAMP' },
  { name: 'ratio', type: 'FLOAT64' },
]

async function newDataset() {
  const id = `d_${randomBytes(4).toString('hex')}`
  await client.createDataset(id)
  return client.dataset(id)
}

async function newTable(options: object = {}) {
  const dataset = await newDataset()
  await dataset.createTable('t', { schema: { fields: FIELDS }, ...options })
  return dataset.table('t')
}

const expectRefusal = (request: Promise<unknown>, code: number, message: string | RegExp) =>
  Promise.all([expect(request).rejects.toThrow(message), expect(request).rejects.toHaveProperty('code', code)])
const query = (text: string) => client.query({ query: text, location: 'US' })

describe('the fake of BigQuery', () => {
  it('refuses fields that the API does not have, and values that it does not take', async () => {
    await expectRefusal(client.createDataset('x1', Object.assign({ colour: 'red' })), 400, 'Unknown name "colour"')
    await expectRefusal(client.createDataset('x2', { labels: { org: 'Upper' } }), 400, 'labels')
    await expectRefusal(client.createDataset('x3', { labels: { '1org': 'a' } }), 400, 'labels')
    await expectRefusal(client.createDataset('x4', { location: 'moon' }), 400, 'location')
    await expectRefusal(client.createDataset('not-a-name'), 400, 'datasetReference.datasetId')
    const dataset = await newDataset()
    await expectRefusal(dataset.createTable('t', { schema: { fields: [{ name: 'a', type: 'TEXT' }] } }), 400, 'schema.fields')
    await expectRefusal(
      dataset.createTable('t', { schema: { fields: [{ name: '_partition', type: 'DATE' }] } }),
      400,
      'schema.fields',
    )
    await expectRefusal(dataset.setMetadata({ access: [{ specialGroup: 'projectOwners' }] }), 400, 'An access entry has a role')
    expect(fake.datasets).not.toContain('x1')
  })

  it('checks partitioning and clustering against the columns', async () => {
    const dataset = await newDataset()
    const create = (options: object) => dataset.createTable('t', { schema: { fields: FIELDS }, ...options })
    await expectRefusal(create({ timePartitioning: { type: 'DAY', field: 'day' } }), 400, 'partitioning cannot be found')
    await expectRefusal(create({ timePartitioning: { type: 'DAY', field: 'org_slug' } }), 400, 'cannot be of type STRING')
    await expectRefusal(create({ timePartitioning: { type: 'CENTURY', field: 'at' } }), 400, 'timePartitioning.type')
    await expectRefusal(create({ clustering: { fields: ['nobody'] } }), 400, 'clustering cannot be found')
    await expectRefusal(create({ clustering: { fields: ['ratio'] } }), 400, 'not supported for clustering')
    await expectRefusal(create({ clustering: { fields: ['a', 'b', 'c', 'd', 'e'] } }), 400, 'clustering.fields')
    await create({ timePartitioning: { type: 'DAY', field: 'at' }, clustering: { fields: ['org_slug', 'at'] } })
    await expectRefusal(create({}), 409, `Already Exists: Table ${PROJECT}:${dataset.id}.t`)
  })

  it('lets a schema grow by columns that may be empty, and in no other way', async () => {
    const table = await newTable()
    const change = (fields: object[]) => table.setMetadata({ schema: { fields } })
    await expectRefusal(
      change([...FIELDS, { name: 'needed', type: 'STRING', mode: 'REQUIRED' }]),
      400,
      'Cannot add required fields',
    )
    await expectRefusal(change(FIELDS.slice(1)), 400, 'Field org_slug is missing in new schema')
    await expectRefusal(change([{ name: 'org_slug', type: 'STRING' }, ...FIELDS.slice(1)]), 400, 'changed mode')
    await clock.sleep(60_000)
    await expectRefusal(change([...FIELDS.slice(0, 2), { name: 'ratio', type: 'STRING' }]), 400, 'changed type')
    await change([...FIELDS, { name: 'extra', type: 'INT64' }])
    const [{ schema }] = await table.getMetadata()
    expect(schema.fields.at(-1)).toEqual({ name: 'extra', type: 'INTEGER', mode: 'NULLABLE' })
  })

  it('keeps a dataset that is not empty, and refuses the sixth change in ten seconds', async () => {
    const table = await newTable()
    await expectRefusal(table.dataset.delete(), 400, 'is still in use')
    // Its creation was the first.
    for (let count = 0; count < 4; count++) await table.dataset.setMetadata({ description: `${count}` })
    await expectRefusal(
      table.dataset.setMetadata({ description: 'too fast' }),
      403,
      'too many dataset metadata update operations',
    )
    await clock.sleep(10_001)
    await table.dataset.setMetadata({ description: 'in time' })
    await table.dataset.delete({ force: true })
    await expectRefusal(table.dataset.getMetadata(), 404, `Not found: Dataset ${PROJECT}:${table.dataset.id}`)
  })

  it('finds a new table after a while, and lets rows stream into it later still', async () => {
    fake.settings.visibleAfterMs = 5000
    fake.settings.streamableAfterMs = 30_000
    try {
      const table = await newTable()
      await expectRefusal(table.getMetadata(), 404, 'Not found: Table')
      await clock.sleep(5000)
      await table.getMetadata()
      await expectRefusal(table.insert([{ org_slug: 'acme' }]), 404, 'Not found: Table')
      await clock.sleep(25_000)
      await table.insert([{ org_slug: 'acme' }])
      const [rows] = await query(`SELECT org_slug FROM \`${PROJECT}.${table.dataset.id}.t\``)
      expect(rows).toEqual([{ org_slug: 'acme' }])
    } finally {
      Object.assign(fake.settings, { visibleAfterMs: 0, streamableAfterMs: 0 })
    }
  })

  it('loses the rows of a dataset whose name was used before', async () => {
    const columns = [{ name: 'org_slug', type: 'STRING' as const }]
    const table = { name: 't', description: '', columns, clusterBy: ['org_slug'] }
    const labels = { org: 'acme', run: 'run-1' }
    const load = () =>
      warehouse.loadRows('twice_0123abcd', 't', { jobId: randomBytes(4).toString('hex'), rows: [{ org_slug: 'a' }] })
    const count = async () => (await warehouse.readRows('twice_0123abcd', 't', { column: 'org_slug', value: 'a' })).length
    await warehouse.ensureDataset('twice_0123abcd', labels)
    await warehouse.ensureTable('twice_0123abcd', table)
    await load()
    expect(await count()).toBe(1)
    await warehouse.deleteDataset('twice_0123abcd', labels)
    await warehouse.ensureDataset('twice_0123abcd', labels)
    await warehouse.ensureTable('twice_0123abcd', table)
    await load()
    expect(await count()).toBe(0)
  })

  it('refuses queries that it does not understand', async () => {
    const table = await newTable()
    const path = `\`${PROJECT}.${table.dataset.id}.t\``
    await expectRefusal(query(`DELETE FROM ${path} WHERE TRUE`), 400, 'Expected a query')
    await expectRefusal(query(`SELECT * FROM ${path} QUALIFY TRUE`), 400, 'Unexpected keyword QUALIFY')
    await expectRefusal(query(`SELECT pg_sleep(1) FROM ${path}`), 400, 'Function not found: pg_sleep')
    await expectRefusal(query(`SELECT at / 2 FROM ${path}`), 400, 'Unexpected "/ 2')
    await expectRefusal(query(`SELECT nobody FROM ${path}`), 400, 'nobody')
    await expectRefusal(query(`SELECT org_slug FROM ${path} WHERE org_slug = @slug`), 400, `Query parameter 'slug' not found`)
    await expectRefusal(query(`SELECT * FROM \`other.${table.dataset.id}.t\``), 400, 'must be qualified')
    await expectRefusal(query(`SELECT * FROM \`${PROJECT}.nowhere.t\``), 404, 'Not found: Dataset')
    await expectRefusal(table.dataset.createTable('v', { view: `SELECT * FROM \`${PROJECT}.${table.dataset.id}.u\`` }), 404, '.u')
    await expectRefusal(table.dataset.createTable('v', { view: 'SELECT 1; DROP' }), 400, 'Unexpected ";')
    await expectRefusal(client.query({ query: `SELECT * FROM ${path}`, location: 'EU' }), 404, 'was not found in location EU')
  })

  it('plays one project', async () => {
    await expectRefusal(client.dataset('d', { projectId: 'another' }).getMetadata(), 404, 'Not found: Project another')
  })
})
