import { describe, expect, it } from 'vitest'
import { connectionReset, memoryWarehouse, silentLog } from '../testing/index.ts'
import { nullable, ORG_SLUG, required } from './columns.ts'
import { type BootstrapProgress, ensureMetaTables } from './ensure-meta-tables.ts'
import { CENTRAL_DATASET, CENTRAL_LABELS, META_TABLES } from './meta-tables.ts'

function arrange() {
  return { log: silentLog(), warehouse: memoryWarehouse() }
}

describe('ensureMetaTables', () => {
  it('creates all tables once, and finds them present the second time', async () => {
    const ctx = arrange()
    const progress: BootstrapProgress[] = []
    const first = await ensureMetaTables(ctx, { onProgress: (step) => progress.push(step) })
    expect(first.map(({ state }) => state)).toEqual(Array.from({ length: 21 }, () => 'created'))
    expect(progress.map(({ done, total }) => [done, total])).toEqual(META_TABLES.map((_, index) => [index + 1, 21]))
    expect(progress.map(({ table }) => table)).toEqual(first)
    const second = await ensureMetaTables(ctx)
    expect(new Set(second.map(({ state }) => state))).toEqual(new Set(['present']))
  })

  it('adds a nullable column that is missing, and reports what it must not change', async () => {
    const ctx = arrange()
    await ctx.warehouse.ensureDataset(CENTRAL_DATASET, CENTRAL_LABELS)
    const [profiles] = META_TABLES
    if (!profiles) throw new Error('there are no meta tables')
    const columns = profiles.columns
      .filter(({ name }) => name !== 'run_id' && name !== 'admin_email')
      .map((column) => (column.name === 'status' ? required('status', 'INT64') : column))
    await ctx.warehouse.ensureTable(CENTRAL_DATASET, { ...profiles, columns })
    const [state] = await ensureMetaTables(ctx)
    expect(state).toEqual({
      name: 'org_profiles',
      state: 'drifted',
      drift: ['admin_email is missing', 'status is INT64, declared STRING'],
    })
    const [found] = (await ctx.warehouse.describeDataset(CENTRAL_DATASET)) ?? []
    expect(found?.columns.map(({ name }) => name)).toContain('run_id')
    expect(ctx.log.entries).toMatchObject([{ level: 'warn', fields: { table: 'org_profiles' } }])
  })

  it('makes no call for a declaration that is faulty', async () => {
    const ctx = arrange()
    const table = {
      name: 'broken',
      description: '',
      columns: [ORG_SLUG, nullable('a')],
      partitionBy: 'b',
      clusterBy: ['org_slug'],
    }
    await expect(ensureMetaTables(ctx, { tables: [table] })).rejects.toMatchObject({ code: 'SYSTEM_NOT_READY' })
    expect(ctx.warehouse.calls('ensureDataset')).toBe(0)
  })

  it('continues where it was cut off', async () => {
    const ctx = arrange()
    ctx.warehouse.loseReply('ensureTable', connectionReset())
    await expect(ensureMetaTables(ctx)).rejects.toThrow('ECONNRESET')
    const states = await ensureMetaTables(ctx)
    expect(states.filter(({ state }) => state === 'created')).toHaveLength(20)
  })

  it('refuses a dataset of that name that is somebody else’s', async () => {
    const ctx = arrange()
    await ctx.warehouse.ensureDataset(CENTRAL_DATASET, { org: 'acme', run: 'run-1' })
    await expect(ensureMetaTables(ctx)).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
  })
})
