import { describe, expect, it } from 'vitest'
import { connectionReset, memoryWarehouse, silentLog, testClock } from '../testing/index.ts'
import { bootstrap, type BootstrapProgress } from './bootstrap.ts'
import { nullable, ORG_SLUG, required } from './columns.ts'
import { CENTRAL_DATASET, CENTRAL_LABELS, META_TABLES } from './meta-tables.ts'
import { bootstrapStatus } from './status.ts'

function arrange() {
  const clock = testClock()
  return { clock, log: silentLog(), warehouse: memoryWarehouse({ clock }) }
}

describe('bootstrap', () => {
  it('creates all tables once, and finds them present the second time', async () => {
    const ctx = arrange()
    const progress: BootstrapProgress[] = []
    const first = await bootstrap(ctx, (step) => progress.push(step))
    expect(first.map(({ state }) => state)).toEqual(Array.from({ length: 21 }, () => 'created'))
    expect(progress.map(({ done, total }) => [done, total])).toEqual(META_TABLES.map((_, index) => [index + 1, 21]))
    const second = await bootstrap(ctx)
    expect(new Set(second.map(({ state }) => state))).toEqual(new Set(['present']))
  })

  it('adds a nullable column that is missing, and reports what it must not change', async () => {
    const ctx = arrange()
    await ctx.warehouse.ensureDataset(CENTRAL_DATASET, CENTRAL_LABELS)
    const [profiles, ...others] = META_TABLES
    if (!profiles) throw new Error('there are no meta tables')
    const columns = profiles.columns
      .filter(({ name }) => name !== 'run_id' && name !== 'admin_email')
      .map((column) => (column.name === 'status' ? required('status', 'INT64') : column))
    await ctx.warehouse.ensureTable(CENTRAL_DATASET, { ...profiles, columns })
    const [state] = await bootstrap(ctx)
    expect(state).toEqual({
      name: 'org_profiles',
      state: 'drifted',
      drift: ['admin_email is missing', 'status is INT64, declared STRING'],
    })
    const status = await bootstrapStatus(ctx)
    expect(status).toMatchObject({ status: 'DRIFTED', tables_present: others.length + 1, tables_missing: [] })
    expect(status.drift).toEqual([{ table: 'org_profiles', columns: state?.drift }])
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
    await expect(bootstrap(ctx, () => {}, [table])).rejects.toMatchObject({ code: 'SYSTEM_NOT_READY' })
    expect(ctx.warehouse.datasets).toEqual([])
  })

  it('continues where it was cut off', async () => {
    const ctx = arrange()
    ctx.warehouse.loseReply('ensureTable', connectionReset())
    await expect(bootstrap(ctx)).rejects.toThrow('ECONNRESET')
    const states = await bootstrap(ctx)
    expect(states.filter(({ state }) => state === 'created')).toHaveLength(20)
  })
})

describe('bootstrapStatus', () => {
  it('names what is missing, and is not remembered until everything is there', async () => {
    const ctx = arrange()
    expect(await bootstrapStatus(ctx)).toMatchObject({ status: 'NOT_SYNCED', tables_expected: 21, tables_present: 0 })
    await bootstrap(ctx)
    expect(await bootstrapStatus(ctx)).toEqual({
      status: 'SYNCED',
      tables_expected: 21,
      tables_present: 21,
      tables_missing: [],
      drift: [],
    })
  })

  it('asks the warehouse once a minute', async () => {
    const ctx = arrange()
    await bootstrap(ctx)
    const before = ctx.warehouse.calls('describeDataset')
    await bootstrapStatus(ctx)
    await ctx.clock.advance(59_999)
    await bootstrapStatus(ctx)
    expect(ctx.warehouse.calls('describeDataset')).toBe(before)
    await ctx.clock.advance(1)
    await ctx.warehouse.deleteDataset(CENTRAL_DATASET, CENTRAL_LABELS)
    expect(await bootstrapStatus(ctx)).toMatchObject({ status: 'NOT_SYNCED' })
  })
})
