import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import { brokenAt, dyingAt, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { COMPREHENSIVE_VIEW } from '../workspace/index.ts'
import { fulfil } from './fulfil.ts'
import { recreateWorkspace } from './recreate-workspace.ts'

const database = await testDatabase()
const { sql } = database
const { journal, tenant, expireLock } = looksAt(database)

let made = 0

/** A tenant that was onboarded, with the workspace that it has. */
async function arrange() {
  const world = await newWorld(database)
  const tenantId = `again_${made++}`
  const { run, settled } = await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout(tenantId) })
  await settled
  const workspace = async () => {
    const [row] = await sql<{ workspace: string; of_run: string }[]>`
      select o.workspace, r.workspace as of_run from organizations o join onboarding_runs r on r.id = o.run_id where r.id = ${run.id}`
    return [row?.workspace, row?.of_run]
  }
  const [first = ''] = await workspace()
  const loadRow = () =>
    world.warehouse.loadRows(first, 'pipeline_runs', {
      jobId: 'a-customer',
      rows: [
        {
          ...{ org_slug: tenantId, pipeline_run_id: 'p', provider: 'openai', pipeline: 'usage-sync', trigger_kind: 'manual' },
          ...{ status: 'succeeded', start_time: world.clock.now(), recorded_at: world.clock.now() },
        },
      ],
    })
  return { ...world, tenantId, runId: run.id, first, workspace, loadRow }
}

describe('recreateWorkspace', () => {
  it('gives the tenant an empty workspace under a new name, and deletes the one that it had', async () => {
    const { ctx, warehouse, tenantId, runId, first, workspace } = await arrange()
    await recreateWorkspace(ctx, { tenantId })
    const [second = '', ofRun] = await workspace()
    expect(second).toMatch(new RegExp(`^${tenantId}_[a-z0-9]{8}$`))
    expect([second === first, ofRun]).toEqual([false, second])
    expect(warehouse.datasets.filter((name) => name.startsWith(tenantId))).toEqual([second])
    expect(await warehouse.readRows(second, COMPREHENSIVE_VIEW, { column: 'tenant_id', value: tenantId })).toHaveLength(1)
    const profiles = await warehouse.readRows(CENTRAL_DATASET, 'org_profiles', { column: 'org_slug', value: tenantId })
    expect(profiles.map((row) => [row['workspace_dataset'], row['status']])).toEqual([
      [first, 'ACTIVE'],
      [second, 'ACTIVE'],
    ])
    expect((await journal(runId)).slice(-3)).toEqual([
      'set_up_workspace started',
      'set_up_workspace undone',
      'set_up_workspace completed',
    ])
    const left =
      await sql`select 1 from onboarding_locks where checkout_session_id in (select checkout_session_id from onboarding_runs where id = ${runId})`
    expect(left).toEqual([])
    const [entry] = await sql`select action, actor_id, detail from audit_log where subject_id = ${tenantId}`
    expect(entry).toEqual({ action: 'workspace.recreated', actor_id: null, detail: { dataset: first, confirmed: false } })
  })

  it('gives up no rows of a customer unless the id is typed in', async () => {
    const { ctx, warehouse, tenantId, first, workspace, loadRow } = await arrange()
    await loadRow()
    for (const confirmTenantId of [undefined, '', 'another'])
      await expect(recreateWorkspace(ctx, { tenantId, confirmTenantId })).rejects.toMatchObject({ code: 'WORKSPACE_NOT_EMPTY' })
    expect([warehouse.datasets.includes(first), await workspace()]).toEqual([true, [first, first]])
    await recreateWorkspace(ctx, { tenantId, confirmTenantId: tenantId })
    expect(warehouse.datasets.includes(first)).toBe(false)
  })

  it('knows only tenants that were onboarded, and wants a system that is ready', async () => {
    const { ctx, warehouse, tenantId, first } = await arrange()
    await expect(recreateWorkspace(ctx, { tenantId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await warehouse.deleteDataset(CENTRAL_DATASET, { org: 'gangway', run: 'bootstrap' })
    await expect(recreateWorkspace(ctx, { tenantId })).rejects.toMatchObject({ code: 'SYSTEM_NOT_READY' })
    expect(warehouse.datasets).toEqual([first])
  })

  it('goes on under the name that a call which was cut off has chosen', async () => {
    for (const point of ['ensureTable', 'ensureComprehensiveView', 'deleteDataset']) {
      const { ctx, warehouse, tenantId, runId, first, workspace } = await arrange()
      const dying = dyingAt(ctx, `set_up_workspace: warehouse.${point} after`)
      const died = recreateWorkspace(dying, { tenantId })
      // The tenant had moved before the last of these.
      if (point === 'deleteDataset') await died
      else await expect(died).rejects.toMatchObject({ message: 'the process is dead' })
      const begun = warehouse.datasets.filter((name) => name.startsWith(tenantId) && name !== first)
      expect(begun).toHaveLength(1)
      await expireLock(runId)
      if (point !== 'deleteDataset') await recreateWorkspace(ctx, { tenantId })
      expect(await workspace()).toEqual([begun[0], begun[0]])
      expect(warehouse.datasets.filter((name) => name.startsWith(tenantId))).toEqual(begun)
    }
  })

  it('leaves the tenant what it has when the new one cannot be made, and can be asked again', async () => {
    const { ctx, tenantId, runId, first, workspace } = await arrange()
    const broken = brokenAt(ctx, 'set_up_workspace: warehouse.ensureComprehensiveView before')
    await expect(recreateWorkspace(broken, { tenantId })).rejects.toThrow('broken')
    expect(await workspace()).toEqual([first, first])
    expect((await journal(runId)).at(-1)).toBe('set_up_workspace failed')
    await recreateWorkspace(ctx, { tenantId })
    expect((await workspace())[0]).not.toBe(first)
  })

  it('race: five calls at once make one move', async () => {
    const { ctx, warehouse, tenantId, runId, first, workspace } = await arrange()
    // All of them have looked at the workspace before any goes on.
    const looked = Promise.withResolvers<void>()
    let looking = 0
    const describeDataset = async (name: string) => {
      if (name === first && ++looking === 5) looked.resolve()
      if (name === first) await looked.promise
      return warehouse.describeDataset(name)
    }
    const together = { ...ctx, warehouse: { ...warehouse, describeDataset } }
    const calls = await Promise.allSettled(Array.from({ length: 5 }, () => recreateWorkspace(together, { tenantId })))
    // Who comes while it is under way is told so; who comes a moment later is content with what is there.
    const codes = calls.map((call) => (call.status === 'fulfilled' ? 'done' : call.reason.code))
    expect(codes.filter((code) => code !== 'LOCK_LOST')).toContain('done')
    expect((await journal(runId)).filter((entry) => entry === 'set_up_workspace undone')).toHaveLength(1)
    const [second] = await workspace()
    expect([second === first, warehouse.datasets.filter((name) => name.startsWith(tenantId))]).toEqual([false, [second]])
    expect(await tenant(runId)).toMatchObject({ onboarded: 1, keys: 1, locks: 0 })
  })
})
