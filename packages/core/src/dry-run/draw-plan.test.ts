import { organizations } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { CENTRAL_DATASET, META_TABLES } from '../bootstrap/index.ts'
import { fulfil } from '../provisioning/index.ts'
import { connectionReset } from '../testing/index.ts'
import { newWorld } from '../testing/world.ts'
import { drawPlan } from './draw-plan.ts'

const database = await testDatabase()

async function settledRun({ slug, meet }: { slug: string; meet?: (world: Awaited<ReturnType<typeof newWorld>>) => void }) {
  const world = await newWorld(database)
  meet?.(world)
  const checkoutSessionId = await world.paidCheckout(slug)
  const { run, settled } = await fulfil(world.ctx, { checkoutSessionId })
  await settled
  const input = { tenantId: slug, companyName: 'Acme Corp', adminEmail: world.user.email, plan: 'STARTER', runId: run.id }
  return { world, input, runId: run.id }
}

describe('drawPlan', () => {
  it('finds everything that a finished run has made, and nothing that it has not', async () => {
    const { world, input, runId } = await settledRun({ slug: 'plan_done' })
    const plan = await drawPlan(world.ctx, input)
    expect(plan.filter(({ action }) => action !== 'exists')).toEqual([])

    const [organization] = await database.db.select().from(organizations).where(eq(organizations.runId, runId))
    const dataset = organization?.workspace ?? ''
    const described = (await world.warehouse.describeDataset(dataset)) ?? []
    const inDataset = plan.filter(({ kind }) => kind === 'table' || kind === 'view').map(({ name }) => name)
    expect(inDataset.toSorted()).toEqual(described.map(({ table }) => `${dataset}.${table}`).toSorted())

    const written: string[] = []
    for (const { name } of META_TABLES) {
      const rows = await world.warehouse.readRows(CENTRAL_DATASET, name, { column: 'org_slug', value: 'plan_done' })
      if (rows.length > 0) written.push(`${CENTRAL_DATASET}.${name} (plan_done)`)
    }
    const metaRows = plan.filter(({ kind }) => kind === 'meta_row').map(({ name }) => name)
    expect(metaRows.toSorted()).toEqual(written.toSorted())
  })

  it('tells what a run that stopped in the middle has made from what it has yet to make', async () => {
    const { world, input } = await settledRun({
      slug: 'plan_half',
      meet: ({ warehouse }) => warehouse.failNext('ensureComprehensiveView', connectionReset(), STAGE_IDS.length),
    })
    const plan = await drawPlan(world.ctx, input)
    const of = (kind: string) => new Set(plan.filter((resource) => resource.kind === kind).map(({ action }) => action))
    expect(
      Object.fromEntries(
        ['organization', 'dataset', 'table', 'view', 'api_key', 'meta_row'].map((kind) => [kind, [...of(kind)]]),
      ),
    ).toEqual({
      organization: ['exists'],
      dataset: ['exists'],
      table: ['exists'],
      view: ['create'],
      api_key: ['create'],
      meta_row: ['create'],
    })
    const others = await drawPlan(world.ctx, { ...input, runId: crypto.randomUUID() })
    expect(others[0]).toMatchObject({ kind: 'organization', action: 'conflict' })
  })
})
