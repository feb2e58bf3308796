import { randomBytes } from 'node:crypto'
import { CENTRAL_DATASET, ensureMetaTables } from '@gangway/core/bootstrap'
import type { Warehouse, WarehouseRow } from '@gangway/core/ports'
import { silentLog, testClock } from '@gangway/core/testing'
import { COMPREHENSIVE_VIEW, COMPREHENSIVE_VIEW_COLUMNS, setUpWorkspace, WORKSPACE_TABLES } from '@gangway/core/workspace'
import { beforeAll, describe, expect, it } from 'vitest'

export interface WarehouseInTime {
  warehouse: Warehouse
  /** The warehouse's idea of the present, which decides what counts as today. */
  now: Date
}

/** What the comprehensive view must show, in every warehouse. */
export function comprehensiveViewContract(name: string, open: () => Promise<WarehouseInTime>): void {
  describe(`${name} shows a tenant in one row`, () => {
    let warehouse: Warehouse
    let now: Date
    beforeAll(async () => {
      const opened = await open()
      warehouse = opened.warehouse
      now = opened.now
      await ensureMetaTables({ warehouse, log: silentLog() })
    })

    function newWorkspace() {
      const orgSlug = `org_${randomBytes(4).toString('hex')}`
      const workspace = { dataset: `${orgSlug}_dataset0`, orgSlug, runId: `run-${orgSlug}` }
      const load = (table: string, job: string, row: WarehouseRow) =>
        warehouse.loadRows(CENTRAL_DATASET, table, { jobId: `${job}-${orgSlug}`, rows: [{ org_slug: orgSlug, ...row }] })
      const read = () => warehouse.readRows(workspace.dataset, COMPREHENSIVE_VIEW, { column: 'tenant_id', value: orgSlug })
      return { ...workspace, load, read }
    }

    async function arrange() {
      const { load, read, ...workspace } = newWorkspace()
      await setUpWorkspace({ warehouse, clock: testClock({ start: now }) }, workspace)
      return { ...workspace, load, read }
    }

    const later = (ms: number) => new Date(now.getTime() + ms)
    const profile = () => ({
      ...{ company_name: "O'Hara & Co", admin_email: 'ann@example.com', status: 'ACTIVE' },
      ...{ created_at: now, updated_at: now },
    })
    const subscription = () => ({
      ...{ plan_name: 'STARTER', status: 'ACTIVE', created_at: now },
      ...{ daily_limit: 10, monthly_limit: 300, concurrent_limit: 2 },
    })
    const quota = () => ({ usage_date: now, pipelines_run: 0, pipelines_succeeded: 0, pipelines_failed: 0, created_at: now })
    const run = (orgSlug: string, id: string, status: string) => ({
      ...{ org_slug: orgSlug, pipeline_run_id: id, provider: 'openai', pipeline: 'usage-sync', trigger_kind: 'manual', status },
      ...{ start_time: now, recorded_at: now },
    })

    it('has the columns that are promised, and no row before there is a profile', async () => {
      const { dataset, read } = await arrange()
      const described = await warehouse.describeDataset(dataset)
      expect(described?.find(({ table }) => table === COMPREHENSIVE_VIEW)?.columns).toEqual(COMPREHENSIVE_VIEW_COLUMNS)
      expect(await read()).toEqual([])
    })

    it('does not know the quota without a subscription', async () => {
      const { load, read } = await arrange()
      await load('org_profiles', 'profile', profile())
      const unknown = { plan_name: null, quota_status: 'UNKNOWN', daily_usage_percent: null, pipelines_run_today: 0 }
      expect(await read()).toMatchObject([unknown])
    })

    it('shows the newest state of each thing, and the newest state of today’s runs', async () => {
      const { load, read, dataset, orgSlug } = await arrange()
      await load('org_profiles', 'profile-2', { ...profile(), status: 'SUSPENDED', updated_at: later(1000) })
      await load('org_profiles', 'profile-1', profile())
      await load('org_subscriptions', 'subscription', subscription())
      await load('org_usage_quotas', 'quota', quota())
      const rows = [
        run(orgSlug, 'a', 'RUNNING'),
        { ...run(orgSlug, 'a', 'SUCCEEDED'), recorded_at: later(10) },
        run(orgSlug, 'b', 'FAILED'),
        run(orgSlug, 'c', 'RUNNING'),
        { ...run(orgSlug, 'd', 'SUCCEEDED'), start_time: later(-48 * 60 * 60 * 1000) },
        run('somebody_else', 'e', 'SUCCEEDED'),
      ]
      await warehouse.loadRows(dataset, 'pipeline_runs', { jobId: 'runs', rows })
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
    ])('says %s of the quota after %i runs today and %i this month', async (status, today, month) => {
      const { load, read, dataset, orgSlug } = await arrange()
      await load('org_profiles', 'profile', profile())
      await load('org_subscriptions', 'subscription', subscription())
      await load('org_usage_quotas', 'quota', { ...quota(), pipelines_run_this_month: month })
      const rows = Array.from({ length: today }, (_, index) => run(orgSlug, `run-${index}`, 'SUCCEEDED'))
      await warehouse.loadRows(dataset, 'pipeline_runs', { jobId: 'runs', rows })
      expect(await read()).toMatchObject([{ quota_status: status, daily_usage_percent: today * 10 }])
    })

    it('race: can be made by ten callers at once, and again', async () => {
      const { load, read, dataset, orgSlug, runId } = newWorkspace()
      await warehouse.ensureDataset(dataset, { org: orgSlug, run: runId })
      for (const table of WORKSPACE_TABLES) await warehouse.ensureTable(dataset, table)
      const makeTen = () =>
        Promise.all(Array.from({ length: 10 }, () => warehouse.ensureComprehensiveView(dataset, CENTRAL_DATASET, orgSlug)))
      await makeTen()
      await makeTen()
      await load('org_profiles', 'profile', profile())
      expect(await read()).toHaveLength(1)
    })
  })
}
