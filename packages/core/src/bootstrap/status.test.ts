import { describe, expect, it } from 'vitest'
import { memoryWarehouse, silentLog, testClock } from '../testing/index.ts'
import { ensureMetaTables } from './ensure-meta-tables.ts'
import { CENTRAL_DATASET, CENTRAL_LABELS, META_TABLES } from './meta-tables.ts'
import { bootstrapStatus } from './status.ts'

function arrange() {
  const clock = testClock()
  return { clock, log: silentLog(), warehouse: memoryWarehouse({ clock }) }
}

describe('bootstrapStatus', () => {
  it('names what is missing, and is not remembered until everything is there', async () => {
    const ctx = arrange()
    expect(await bootstrapStatus(ctx)).toEqual({
      status: 'NOT_SYNCED',
      tables_expected: 21,
      tables_present: 0,
      tables_missing: META_TABLES.map(({ name }) => name),
      drift: [],
    })
    await ensureMetaTables(ctx)
    expect(await bootstrapStatus(ctx)).toEqual({
      status: 'SYNCED',
      tables_expected: 21,
      tables_present: 21,
      tables_missing: [],
      drift: [],
    })
  })

  it('is DRIFTED as long as a column is missing, nullable or not', async () => {
    const ctx = arrange()
    await ensureMetaTables(ctx, { tables: META_TABLES.slice(1) })
    const [profiles] = META_TABLES
    if (!profiles) throw new Error('there are no meta tables')
    const columns = profiles.columns.filter(({ name }) => name !== 'run_id')
    await ctx.warehouse.ensureTable(CENTRAL_DATASET, { ...profiles, columns })
    expect(await bootstrapStatus(ctx)).toMatchObject({
      status: 'DRIFTED',
      tables_present: 21,
      drift: [{ table: 'org_profiles', columns: ['run_id is missing'] }],
    })
    await ensureMetaTables(ctx)
    expect(await bootstrapStatus(ctx)).toMatchObject({ status: 'SYNCED', drift: [] })
  })

  it('asks the warehouse once a minute', async () => {
    const ctx = arrange()
    await ensureMetaTables(ctx)
    await bootstrapStatus(ctx)
    const before = ctx.warehouse.calls('describeDataset')
    await ctx.clock.advance(59_999)
    await bootstrapStatus(ctx)
    expect(ctx.warehouse.calls('describeDataset')).toBe(before)
    await ctx.clock.advance(1)
    await ctx.warehouse.deleteDataset(CENTRAL_DATASET, CENTRAL_LABELS)
    expect(await bootstrapStatus(ctx)).toMatchObject({ status: 'NOT_SYNCED' })
  })

  it('race: of a hundred that ask at once, one asks the warehouse', async () => {
    const ctx = arrange()
    await ensureMetaTables(ctx)
    const answers = await Promise.all(Array.from({ length: 100 }, () => bootstrapStatus(ctx)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['SYNCED']))
    expect(ctx.warehouse.calls('describeDataset')).toBe(1)
  })

  it('a question that failed is asked again', async () => {
    const ctx = arrange()
    await ensureMetaTables(ctx)
    ctx.warehouse.failNext('describeDataset', new Error('down'))
    await expect(Promise.all([bootstrapStatus(ctx), bootstrapStatus(ctx)])).rejects.toThrow('down')
    expect(await bootstrapStatus(ctx)).toMatchObject({ status: 'SYNCED' })
  })
})
