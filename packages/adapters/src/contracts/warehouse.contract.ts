import { randomBytes } from 'node:crypto'
import { classify, type ErrorCode } from '@gangway/core/errors'
import type { TableDeclaration, Warehouse, WarehouseRow } from '@gangway/core/ports'
import { beforeAll, describe, expect, it } from 'vitest'

const TABLE: TableDeclaration = {
  name: 'everything',
  description: "One column of each type; it's quoted.",
  columns: [
    { name: 'org_slug', type: 'STRING', required: true },
    { name: 'at', type: 'TIMESTAMP', required: true },
    { name: 'day', type: 'DATE' },
    { name: 'whole', type: 'INT64' },
    { name: 'fraction', type: 'FLOAT64' },
    { name: 'money', type: 'NUMERIC' },
    { name: 'flag', type: 'BOOL' },
    { name: 'detail', type: 'JSON' },
  ],
  partitionBy: 'at',
  clusterBy: ['org_slug', 'day'],
}

const AT = new Date('2026-03-01T23:59:59.123Z')
const NOTHING = { day: null, whole: null, fraction: null, money: null, flag: null, detail: null }

export interface WarehouseToLose {
  warehouse: Warehouse
  /** The next such call does its work, and the reply is lost on its way. */
  loseReply(call: 'ensureDataset' | 'ensureTable' | 'loadRows'): void
}

/** What every warehouse must do. */
export function warehouseContract(name: string, open: () => Promise<WarehouseToLose>): void {
  describe(`${name} keeps the contract of a warehouse`, () => {
    let warehouse: Warehouse
    let loseReply: WarehouseToLose['loseReply']
    beforeAll(async () => {
      const opened = await open()
      warehouse = opened.warehouse
      loseReply = opened.loseReply
    })

    /** A dataset of the calling test's own, with the table in it. */
    async function arrange() {
      const org = `org_${randomBytes(4).toString('hex')}`
      const labels = { org, run: `run-${org}` }
      const dataset = `${org}_dataset0`
      await warehouse.ensureDataset(dataset, labels)
      await warehouse.ensureTable(dataset, TABLE)
      return { org, labels, dataset }
    }

    it('answers a ping', async () => {
      await expect(warehouse.ping()).resolves.toBeUndefined()
    })

    it('creates a dataset once for the same labels, and refuses it to others', async () => {
      const { dataset, labels } = await arrange()
      expect(await warehouse.ensureDataset(dataset, labels)).toBe('present')
      await expect(warehouse.ensureDataset(dataset, { ...labels, run: 'another' })).rejects.toMatchObject({
        code: 'DATASET_CONFLICT',
      })
      await expect(warehouse.ensureDataset(dataset, { ...labels, org: 'another' })).rejects.toMatchObject({
        code: 'DATASET_CONFLICT',
      })
    })

    it('describes a dataset by its tables and columns, and says null when there is none', async () => {
      const { dataset } = await arrange()
      const columns = TABLE.columns.map(({ name: column, type }) => ({ name: column, type }))
      expect(await warehouse.describeDataset(dataset)).toEqual([{ table: 'everything', columns }])
      expect(await warehouse.describeDataset('no_such_dataset')).toBeNull()
    })

    it('describes an empty dataset as empty', async () => {
      await warehouse.ensureDataset('empty_dataset0', { org: 'empty', run: 'run-empty' })
      expect(await warehouse.describeDataset('empty_dataset0')).toEqual([])
    })

    it('race: of ten callers that want the same dataset and table, one creates each and all succeed', async () => {
      const labels = { org: 'race', run: 'run-race' }
      const datasets = await Promise.all(Array.from({ length: 10 }, () => warehouse.ensureDataset('race_dataset0', labels)))
      expect(datasets.filter((state) => state === 'created')).toHaveLength(1)
      const tables = await Promise.all(Array.from({ length: 10 }, () => warehouse.ensureTable('race_dataset0', TABLE)))
      expect(tables.filter(({ state }) => state === 'created')).toHaveLength(1)
      expect(tables.filter(({ state }) => state === 'present')).toHaveLength(9)
    })

    it('adds nullable columns and keeps the rows', async () => {
      const { dataset, org } = await arrange()
      await warehouse.loadRows(dataset, 'everything', { jobId: 'job-1', rows: [{ org_slug: org, at: AT }] })
      const wider = { ...TABLE, columns: [...TABLE.columns, { name: 'extra', type: 'INT64' as const }] }
      expect(await warehouse.ensureTable(dataset, wider)).toEqual({ name: 'everything', state: 'present', drift: [] })
      await warehouse.loadRows(dataset, 'everything', { jobId: 'job-2', rows: [{ org_slug: org, at: AT, extra: 7 }] })
      const rows = await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: org })
      expect(rows.map((row) => row['extra'] ?? null).toSorted()).toEqual([7, null])
    })

    it('reports a required column that is missing and a type that differs, and changes neither', async () => {
      const { dataset } = await arrange()
      const changed = TABLE.columns.map((column) => (column.name === 'whole' ? { ...column, type: 'STRING' as const } : column))
      const drifted = { ...TABLE, columns: [...changed, { name: 'needed', type: 'STRING' as const, required: true }] }
      expect(await warehouse.ensureTable(dataset, drifted)).toEqual({
        name: 'everything',
        state: 'drifted',
        drift: ['needed is missing', 'whole is INT64, declared STRING'],
      })
      const [table] = (await warehouse.describeDataset(dataset)) ?? []
      expect(table?.columns).toHaveLength(TABLE.columns.length)
    })

    it('gives every type back as it went in', async () => {
      const { dataset, org } = await arrange()
      const row: WarehouseRow = {
        org_slug: org,
        at: AT,
        day: '2026-03-01',
        whole: 9_007_199_254_740_991,
        fraction: -0.125,
        money: '12345678901234567.89',
        flag: false,
        detail: { text: 'it\'s "quoted" \\ and\nbroken', list: [1, null, { deep: true }] },
      }
      await warehouse.loadRows(dataset, 'everything', { jobId: 'job', rows: [row, { org_slug: org, at: AT }] })
      const rows = await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: org })
      expect(rows).toHaveLength(2)
      expect(rows).toContainEqual(row)
      expect(rows).toContainEqual({ org_slug: org, at: AT, ...NOTHING })
    })

    it('takes a Date for a day', async () => {
      const { dataset, org } = await arrange()
      await warehouse.loadRows(dataset, 'everything', { jobId: 'job', rows: [{ org_slug: org, at: AT, day: AT }] })
      expect(await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: org })).toMatchObject([
        { day: '2026-03-01' },
      ])
    })

    it('loads the rows of one job once, also when the job is repeated at the same time', async () => {
      const { dataset, org } = await arrange()
      const rows = [1, 2, 3].map((whole) => ({ org_slug: org, at: AT, whole }))
      await Promise.all(Array.from({ length: 8 }, () => warehouse.loadRows(dataset, 'everything', { jobId: 'job', rows })))
      await warehouse.loadRows(dataset, 'everything', { jobId: 'job', rows })
      expect(await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: org })).toHaveLength(3)
      await warehouse.loadRows(dataset, 'everything', { jobId: 'another-job', rows })
      expect(await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: org })).toHaveLength(6)
    })

    it('knows its own dataset and table again when the reply to their creation was lost', async () => {
      const labels = { org: 'unheard', run: `run-${randomBytes(4).toString('hex')}` }
      const dataset = `unheard_${randomBytes(4).toString('hex')}`
      loseReply('ensureDataset')
      await expectTransient(() => warehouse.ensureDataset(dataset, labels))
      expect(await warehouse.ensureDataset(dataset, labels)).toBe('present')
      await expect(warehouse.ensureDataset(dataset, { ...labels, run: 'another' })).rejects.toMatchObject({
        code: 'DATASET_CONFLICT',
      })
      loseReply('ensureTable')
      await expectTransient(() => warehouse.ensureTable(dataset, TABLE))
      expect(await warehouse.ensureTable(dataset, TABLE)).toEqual({ name: 'everything', state: 'present', drift: [] })
    })

    it('loads the rows of a job once when the reply to the first try was lost', async () => {
      const { dataset, org } = await arrange()
      const job = { jobId: 'unheard', rows: [{ org_slug: org, at: AT }] }
      loseReply('loadRows')
      await expectTransient(() => warehouse.loadRows(dataset, 'everything', job))
      await warehouse.loadRows(dataset, 'everything', job)
      expect(await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: org })).toHaveLength(1)
    })

    it('reads only the rows that were asked for', async () => {
      const { dataset, org } = await arrange()
      await warehouse.loadRows(dataset, 'everything', {
        jobId: 'job',
        rows: [
          { org_slug: org, at: AT },
          { org_slug: "o'ther", at: AT },
        ],
      })
      expect(await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: "o'ther" })).toHaveLength(1)
      expect(await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: "' or true --" })).toEqual([])
    })

    it('refuses unknown columns and missing values, and a refused job can be repeated', async () => {
      const { dataset, org } = await arrange()
      const good = { org_slug: org, at: AT }
      const load = (row: WarehouseRow) =>
        codeOf(() => warehouse.loadRows(dataset, 'everything', { jobId: 'job', rows: [good, row] }))
      expect(await load({ ...good, nonsense: 1 })).toBe('SYSTEM_NOT_READY')
      expect(await load({ org_slug: org })).toBe('DATA_REJECTED')
      expect(await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: org })).toEqual([])
      await warehouse.loadRows(dataset, 'everything', { jobId: 'job', rows: [good] })
      expect(await warehouse.readRows(dataset, 'everything', { column: 'org_slug', value: org })).toHaveLength(1)
    })

    it('a dataset or table that is missing means that the system is not ready', async () => {
      const { dataset } = await arrange()
      const attempts = [
        () => warehouse.ensureTable('no_such_dataset', TABLE),
        () => warehouse.readRows('no_such_dataset', 'everything', { column: 'org_slug', value: 'x' }),
        () => warehouse.readRows(dataset, 'no_such_table', { column: 'org_slug', value: 'x' }),
        () => warehouse.loadRows(dataset, 'no_such_table', { jobId: 'job', rows: [{ org_slug: 'x' }] }),
      ]
      for (const attempt of attempts) expect(await codeOf(attempt)).toBe('SYSTEM_NOT_READY')
    })

    it('deletes a dataset for its own labels only, and is content when it is gone', async () => {
      const { dataset, labels } = await arrange()
      await expect(warehouse.deleteDataset(dataset, { ...labels, run: 'another' })).rejects.toMatchObject({
        code: 'DATASET_CONFLICT',
      })
      await warehouse.deleteDataset(dataset, labels)
      await warehouse.deleteDataset(dataset, labels)
      expect(await warehouse.describeDataset(dataset)).toBeNull()
    })
  })
}

/** Whoever meets this tries again by themselves. */
async function expectTransient(attempt: () => Promise<unknown>): Promise<void> {
  const failure: unknown = await attempt().then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(Error)
  expect(classify(failure).retry).toBe('transient')
}

/** What a failure means, whatever the warehouse throws; undefined when there is none. */
async function codeOf(attempt: () => Promise<unknown>): Promise<ErrorCode | undefined> {
  try {
    await attempt()
    return undefined
  } catch (error) {
    return classify(error).code
  }
}
