import { subscriptions } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import { newWorld } from '../testing/world.ts'
import { fulfil } from './index.ts'

const database = await testDatabase()

async function arrange() {
  const world = await newWorld(database)
  const slug = `org_${world.ctx.ids.random(12, 'abcdef')}`
  const checkoutSessionId = await world.paidCheckout(slug)
  return {
    ...world,
    paid: `sub_${checkoutSessionId}`,
    advance: async (ctx = world.ctx) => (await fulfil(ctx, { checkoutSessionId, resume: true })).settled,
    async known() {
      const [row] = await database.db.select().from(subscriptions).where(eq(subscriptions.checkoutSessionId, checkoutSessionId))
      const rows = await world.warehouse.readRows(CENTRAL_DATASET, 'org_subscriptions', { column: 'org_slug', value: slug })
      return {
        postgres: row && [row.provider, row.providerSubscriptionId],
        warehouse: rows.map(({ provider, provider_subscription_id: id }) => [provider, id]),
      }
    },
  }
}

describe('the subscription of a run', () => {
  it('is known by the provider’s name as soon as there is an organization', async () => {
    const { ctx, advance, known, paid } = await arrange()
    await advance()
    expect(await known()).toEqual({ postgres: [ctx.billing.provider, paid], warehouse: [[ctx.billing.provider, paid]] })
  })

  it('is known to whoever goes on with a run that somebody else has verified', async () => {
    const { ctx, advance, known, paid, warehouse } = await arrange()
    const unverified = { ...ctx, billing: { ...ctx.billing, fetchCheckout: () => Promise.reject(new Error('asked again')) } }
    const broken = { ...ctx, journal: { ...ctx.journal, record: breaksAt('create_organization', ctx.journal.record) } }
    await advance(broken)
    expect(await known()).toEqual({ postgres: undefined, warehouse: [] })
    warehouse.failNext('loadRows', new Error('no'))
    await advance(unverified)
    await advance(unverified)
    expect(await known()).toEqual({ postgres: [ctx.billing.provider, paid], warehouse: [[ctx.billing.provider, paid]] })
  })
})

type Recording = Awaited<ReturnType<typeof newWorld>>['ctx']['journal']['record']

/** Completes nothing of this stage, which then has failed. */
function breaksAt(stage: string, record: Recording): Recording {
  return (writing) =>
    writing.step.events.some((event) => event.stage === stage && event.status === 'completed')
      ? Promise.reject(new Error('not written'))
      : record(writing)
}
