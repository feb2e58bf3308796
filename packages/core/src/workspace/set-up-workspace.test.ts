import { describe, expect, it } from 'vitest'
import { ensureMetaTables } from '../bootstrap/ensure-meta-tables.ts'
import { connectionReset, memoryWarehouse, seededIds, silentLog, testClock } from '../testing/index.ts'
import { COMPREHENSIVE_VIEW } from './comprehensive-view.ts'
import { datasetName } from './dataset-name.ts'
import { removeWorkspace } from './remove-workspace.ts'
import { setUpWorkspace } from './set-up-workspace.ts'
import { VALIDATION_TABLE, WORKSPACE_TABLES } from './tables.ts'

async function arrange() {
  const clock = testClock()
  const ctx = { clock, log: silentLog(), warehouse: memoryWarehouse({ clock }), ids: seededIds('workspace') }
  await ensureMetaTables(ctx)
  return ctx
}

const acme = { dataset: 'acme_0123abcd', orgSlug: 'acme', runId: 'run-1' }

describe('setUpWorkspace', () => {
  it('makes the dataset, its six tables and its view, and verifies them by one row', async () => {
    const ctx = await arrange()
    const made = await setUpWorkspace(ctx, acme)
    expect(made.dataset).toBe('created')
    const found = await ctx.warehouse.describeDataset(acme.dataset)
    expect(found?.map(({ table }) => table).toSorted()).toEqual(
      [...WORKSPACE_TABLES.map(({ name }) => name), COMPREHENSIVE_VIEW].toSorted(),
    )
    expect(await ctx.warehouse.readRows(acme.dataset, VALIDATION_TABLE, { column: 'run_id', value: 'run-1' })).toHaveLength(1)
  })

  it.each(['ensureDataset', 'ensureTable', 'loadRows', 'readRows', 'ensureComprehensiveView'] as const)(
    'can be repeated after the reply to %s was lost',
    async (method) => {
      const ctx = await arrange()
      ctx.warehouse.loseReply(method, connectionReset())
      await expect(setUpWorkspace(ctx, acme)).rejects.toThrow('ECONNRESET')
      await setUpWorkspace(ctx, acme)
      expect(await ctx.warehouse.readRows(acme.dataset, VALIDATION_TABLE, { column: 'run_id', value: 'run-1' })).toHaveLength(1)
    },
  )

  it('refuses a dataset of another run', async () => {
    const ctx = await arrange()
    await setUpWorkspace(ctx, acme)
    await expect(setUpWorkspace(ctx, { ...acme, runId: 'run-2' })).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
  })

  it('does not pass a workspace whose row cannot be read back', async () => {
    const ctx = await arrange()
    const blind = { ...ctx.warehouse, readRows: async () => [] }
    await expect(setUpWorkspace({ ...ctx, warehouse: blind }, acme)).rejects.toMatchObject({ code: 'WORKSPACE_NOT_VERIFIED' })
  })
})

describe('removeWorkspace', () => {
  it('removes what the run made, twice without harm, and nothing of another run', async () => {
    const ctx = await arrange()
    await setUpWorkspace(ctx, acme)
    await expect(removeWorkspace(ctx, { ...acme, runId: 'run-2' })).rejects.toMatchObject({ code: 'DATASET_CONFLICT' })
    await removeWorkspace(ctx, acme)
    await removeWorkspace(ctx, acme)
    expect(await ctx.warehouse.describeDataset(acme.dataset)).toBeNull()
  })
})

describe('datasetName', () => {
  it('is the slug and eight random characters', async () => {
    const ctx = await arrange()
    expect(datasetName(ctx, 'acme')).toMatch(/^acme_[a-z0-9]{8}$/)
    expect(datasetName(ctx, 'acme')).not.toBe(datasetName(ctx, 'acme'))
  })
})
