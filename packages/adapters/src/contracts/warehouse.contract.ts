import { randomBytes } from 'node:crypto'
import { bootstrap, CENTRAL_DATASET } from '@gangway/core/bootstrap'
import { classify } from '@gangway/core/errors'
import type { TableDeclaration, Warehouse, WarehouseRow } from '@gangway/core/ports'
import { silentLog, testClock } from '@gangway/core/testing'
import { COMPREHENSIVE_VIEW, COMPREHENSIVE_VIEW_COLUMNS, setUpWorkspace } from '@gangway/core/workspace'
import { beforeAll, describe, expect, it } from 'vitest'

export interface WarehouseUnderTest {
  warehouse: Warehouse
  /** The warehouse's idea of the present, which decides what counts as today. */
  now: Date
}

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

/** What every warehouse must do. */
export function warehouseContract(name: string, open: () => Promise<WarehouseUnderTest>): void {
  describe(`${name} keeps the contract of a warehouse`, () => {
    let warehouse: Warehouse
    let now: Date
    beforeAll(async () => {
      const opened = await open()
      warehouse = opened.warehouse
      now = opened.now
      await bootstrap({ warehouse, clock: testClock({ start: now }), log: silentLog() })
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
      await expect(warehouse.ensureDataset(dataset, { ...labels, run: 'another' })).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
      await expect(warehouse.ensureDataset(dataset, { ...labels, org: 'another' })).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
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
      await warehouse.loadRows(dataset, 'everything', 'job-1', [{ org_slug: org, at: AT }])
      const wider = { ...TABLE, columns: [...TABLE.columns, { name: 'extra', type: 'INT64' as const }] }
      expect(await warehouse.ensureTable(dataset, wider)).toEqual({ name: 'everything', state: 'present', drift: [] })
      await warehouse.loadRows(dataset, 'everything', 'job-2', [{ org_slug: org, at: AT, extra: 7 }])
      const rows = await warehouse.readRows(dataset, 'everything', 'org_slug', org)
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
        detail: { text: "it's \"quoted\" \\ and\nbroken", list: [1, null, { deep: true }] },
      }
      await warehouse.loadRows(dataset, 'everything', 'job', [row, { org_slug: org, at: AT }])
      const rows = await warehouse.readRows(dataset, 'everything', 'org_slug', org)
      expect(rows).toHaveLength(2)
      expect(rows).toContainEqual(row)
      expect(rows).toContainEqual({ org_slug: org, at: AT, ...NOTHING })
    })

    it('takes a Date for a day', async () => {
      const { dataset, org } = await arrange()
      await warehouse.loadRows(dataset, 'everything', 'job', [{ org_slug: org, at: AT, day: AT }])
      expect(await warehouse.readRows(dataset, 'everything', 'org_slug', org)).toMatchObject([{ day: '2026-03-01' }])
    })

    it('loads the rows of one job once, also when the job is repeated at the same time', async () => {
      const { dataset, org } = await arrange()
      const rows = [1, 2, 3].map((whole) => ({ org_slug: org, at: AT, whole }))
      await Promise.all(Array.from({ length: 8 }, () => warehouse.loadRows(dataset, 'everything', 'job', rows)))
      await warehouse.loadRows(dataset, 'everything', 'job', rows)
      expect(await warehouse.readRows(dataset, 'everything', 'org_slug', org)).toHaveLength(3)
      await warehouse.loadRows(dataset, 'everything', 'another-job', rows)
      expect(await warehouse.readRows(dataset, 'everything', 'org_slug', org)).toHaveLength(6)
    })

    it('reads only the rows that were asked for', async () => {
      const { dataset, org } = await arrange()
      await warehouse.loadRows(dataset, 'everything', 'job', [{ org_slug: org, at: AT }, { org_slug: "o'ther", at: AT }])
      expect(await warehouse.readRows(dataset, 'everything', 'org_slug', "o'ther")).toHaveLength(1)
      expect(await warehouse.readRows(dataset, 'everything', 'org_slug', "' or true --")).toEqual([])
    })

    it('refuses unknown columns and missing values, and a refused job can be repeated', async () => {
      const { dataset, org } = await arrange()
      const good = { org_slug: org, at: AT }
      await expect(warehouse.loadRows(dataset, 'everything', 'job', [good, { ...good, nonsense: 1 }])).rejects.toThrow()
      await expect(warehouse.loadRows(dataset, 'everything', 'job', [good, { org_slug: org }])).rejects.toThrow()
      expect(await warehouse.readRows(dataset, 'everything', 'org_slug', org)).toEqual([])
      await warehouse.loadRows(dataset, 'everything', 'job', [good])
      expect(await warehouse.readRows(dataset, 'everything', 'org_slug', org)).toHaveLength(1)
    })

    it('a dataset or table that is missing means that the system is not ready', async () => {
      const { dataset } = await arrange()
      const attempts = [
        () => warehouse.ensureTable('no_such_dataset', TABLE),
        () => warehouse.readRows('no_such_dataset', 'everything', 'org_slug', 'x'),
        () => warehouse.readRows(dataset, 'no_such_table', 'org_slug', 'x'),
        () => warehouse.loadRows(dataset, 'no_such_table', 'job', [{ org_slug: 'x' }]),
      ]
      for (const attempt of attempts) {
        const error: unknown = await attempt().catch((thrown: unknown) => thrown)
        expect(classify(error).code).toBe('SYSTEM_NOT_READY')
      }
    })

    it('deletes a dataset for its own labels only, and is content when it is gone', async () => {
      const { dataset, labels } = await arrange()
      await expect(warehouse.deleteDataset(dataset, { ...labels, run: 'another' })).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
      await warehouse.deleteDataset(dataset, labels)
      await warehouse.deleteDataset(dataset, labels)
      expect(await warehouse.describeDataset(dataset)).toBeNull()
    })

    describe('the comprehensive view', () => {
      async function arrangeWorkspace() {
        const orgSlug = `org_${randomBytes(4).toString('hex')}`
        const workspace = { dataset: `${orgSlug}_dataset0`, orgSlug, runId: `run-${orgSlug}` }
        await setUpWorkspace({ warehouse, clock: testClock({ start: now }) }, workspace)
        const central = (table: string, job: string, row: WarehouseRow) =>
          warehouse.loadRows(CENTRAL_DATASET, table, `${job}-${orgSlug}`, [{ org_slug: orgSlug, ...row }])
        const read = () => warehouse.readRows(workspace.dataset, COMPREHENSIVE_VIEW, 'tenant_id', orgSlug)
        return { ...workspace, central, read }
      }

      const later = (ms: number) => new Date(now.getTime() + ms)
      const profile = () => ({ company_name: "O'Hara & Co", admin_email: 'ann@example.com', status: 'ACTIVE', created_at: now, updated_at: now })
      const subscription = () => ({
        ...{ plan_name: 'STARTER', status: 'ACTIVE', created_at: now },
        ...{ daily_limit: 10, monthly_limit: 300, concurrent_limit: 2 },
      })
      const quota = () => ({ usage_date: now, pipelines_run: 0, pipelines_succeeded: 0, pipelines_failed: 0, created_at: now })

      it('has the columns that are promised, and no row before there is a profile', async () => {
        const { dataset, read } = await arrangeWorkspace()
        const described = await warehouse.describeDataset(dataset)
        expect(described?.find(({ table }) => table === COMPREHENSIVE_VIEW)?.columns).toEqual(COMPREHENSIVE_VIEW_COLUMNS)
        expect(await read()).toEqual([])
      })

      it('is unknown in its quota without a subscription', async () => {
        const { central, read } = await arrangeWorkspace()
        await central('org_profiles', 'profile', profile())
        expect(await read()).toMatchObject([{ plan_name: null, quota_status: 'UNKNOWN', daily_usage_percent: null, pipelines_run_today: 0 }])
      })

      it('shows the newest state of each thing, and the newest state of today’s runs', async () => {
        const { central, read, dataset, orgSlug } = await arrangeWorkspace()
        await central('org_profiles', 'profile-2', { ...profile(), status: 'SUSPENDED', updated_at: later(1000) })
        await central('org_profiles', 'profile-1', profile())
        await central('org_subscriptions', 'subscription', subscription())
        await central('org_usage_quotas', 'quota', quota())
        const run = (id: string, status: string, at: { start_time?: Date; recorded_at?: Date } = {}) => ({
          ...{ org_slug: orgSlug, pipeline_run_id: id, provider: 'openai', pipeline: 'usage-sync', trigger_kind: 'manual', status },
          ...{ start_time: now, recorded_at: now, ...at },
        })
        await warehouse.loadRows(dataset, 'pipeline_runs', 'runs', [
          run('a', 'RUNNING'),
          run('a', 'SUCCEEDED', { recorded_at: later(10) }),
          run('b', 'FAILED'),
          run('c', 'RUNNING'),
          run('d', 'SUCCEEDED', { start_time: later(-48 * 60 * 60 * 1000) }),
          { ...run('e', 'SUCCEEDED'), org_slug: 'somebody_else' },
        ])
        expect(await read()).toEqual([
          {
            tenant_id: orgSlug,
            company_name: "O'Hara & Co",
            admin_email: 'ann@example.com',
            tenant_status: 'SUSPENDED',
            plan_name: 'STARTER',
            subscription_status: 'ACTIVE',
            subscription_daily_limit: 10,
            subscription_monthly_limit: 300,
            subscription_concurrent_limit: 2,
            pipelines_run_today: 3,
            pipelines_succeeded_today: 1,
            pipelines_failed_today: 1,
            quota_status: 'OK',
            daily_usage_percent: 30,
          },
        ])
      })

      it.each([
        ['OK', 0, 239],
        ['NEAR_LIMIT', 0, 240],
        ['NEAR_LIMIT', 8, 0],
        ['EXCEEDED', 10, 0],
        ['EXCEEDED', 0, 300],
      ])('is %s in its quota after %i runs today and %i this month', async (status, today, month) => {
        const { central, read, dataset, orgSlug } = await arrangeWorkspace()
        await central('org_profiles', 'profile', profile())
        await central('org_subscriptions', 'subscription', subscription())
        await central('org_usage_quotas', 'quota', { ...quota(), pipelines_run_this_month: month })
        const shared = { org_slug: orgSlug, provider: 'openai', pipeline: 'usage-sync', trigger_kind: 'manual', status: 'SUCCEEDED' }
        const rows = Array.from({ length: today }, (_, n) => ({ ...shared, pipeline_run_id: `run-${n}`, start_time: now, recorded_at: now }))
        await warehouse.loadRows(dataset, 'pipeline_runs', 'runs', rows)
        expect(await read()).toMatchObject([{ quota_status: status, daily_usage_percent: today * 10 }])
      })

      it('race: can be made again, by ten callers at once', async () => {
        const { central, read, dataset, orgSlug } = await arrangeWorkspace()
        await central('org_profiles', 'profile', profile())
        await Promise.all(Array.from({ length: 10 }, () => warehouse.ensureComprehensiveView(dataset, CENTRAL_DATASET, orgSlug)))
        expect(await read()).toHaveLength(1)
      })
    })
  })
}
