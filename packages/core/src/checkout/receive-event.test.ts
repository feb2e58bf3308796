import { onboardingRuns, subscriptions, webhookEvents } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { fulfil } from '../provisioning/index.ts'
import { connectionReset } from '../testing/index.ts'
import { newWorld } from '../testing/world.ts'
import { purgeBillingEvents } from './purge-events.ts'
import { processBillingEvent, receiveBillingEvent } from './receive-event.ts'

const database = await testDatabase()
const { db } = database
const COMPLETED = 'checkout.session.completed'

async function arrange() {
  const world = await newWorld(database)
  const { ctx, billing, jobs } = world
  return {
    ...world,
    receive(type: string, about: { checkoutSessionId?: string; subscriptionId?: string }, id = `evt_${ctx.ids.uuid()}`) {
      const event = { id, type, checkoutSessionId: about.checkoutSessionId ?? null, payload: { of: id } }
      const signed = billing.signedEvent({ ...event, ...(about.subscriptionId && { subscriptionId: about.subscriptionId }) })
      return receiveBillingEvent(ctx, signed)
    },
    waiting: () => jobs.payloads('billing.process-event'),
    stored: (objectId: string) => db.select().from(webhookEvents).where(eq(webhookEvents.objectId, objectId)),
  }
}

describe('receiveBillingEvent', () => {
  it('stores an event with its job', async () => {
    const { receive, waiting, stored } = await arrange()
    expect(await receive(COMPLETED, { checkoutSessionId: 'cs_one' }, 'evt_one')).toBe('stored')
    expect(await stored('cs_one')).toMatchObject([
      { id: 'evt_one', provider: 'memory', type: COMPLETED, payload: { of: 'evt_one' } },
    ])
    expect(waiting()).toEqual([{ eventId: 'evt_one' }])
  })

  it('stores neither when the job cannot be had', async () => {
    const { receive, stored, jobs } = await arrange()
    jobs.failNext('enqueue', connectionReset())
    await expect(receive(COMPLETED, { checkoutSessionId: 'cs_broken' })).rejects.toThrow('ECONNRESET')
    expect(await stored('cs_broken')).toEqual([])
  })

  it('knows a repeat by the event’s id, and by type and checkout for 35 days', async () => {
    const { receive, waiting, stored } = await arrange()
    const about = { checkoutSessionId: 'cs_repeated' }
    expect(await receive(COMPLETED, about, 'evt_repeated')).toBe('stored')
    expect(await receive(COMPLETED, about, 'evt_repeated')).toBe('duplicate')
    expect(await receive(COMPLETED, about)).toBe('duplicate')
    expect(await receive('checkout.session.async_payment_succeeded', about)).toBe('stored')
    await db
      .update(webhookEvents)
      .set({ receivedAt: sql`now() - interval '36 days'` })
      .where(eq(webhookEvents.id, 'evt_repeated'))
    expect(await receive(COMPLETED, about)).toBe('stored')
    expect(await stored('cs_repeated')).toHaveLength(3)
    expect(waiting()).toHaveLength(3)
  })

  it('takes each change of a subscription, since there can be many', async () => {
    const { receive, waiting } = await arrange()
    const about = { subscriptionId: 'sub_changing' }
    expect(await receive('customer.subscription.updated', about)).toBe('stored')
    expect(await receive('customer.subscription.updated', about)).toBe('stored')
    expect(waiting()).toHaveLength(2)
  })

  it('keeps what it has no use for, without a job', async () => {
    const { receive, waiting } = await arrange()
    expect(await receive('invoice.paid', {}, 'evt_invoice')).toBe('stored')
    expect(await receive(COMPLETED, {}, 'evt_foreign')).toBe('stored')
    expect(await receive('checkout.session.expired', { checkoutSessionId: 'cs_expired' })).toBe('stored')
    expect(waiting()).toEqual([])
  })

  it('race: of twenty events of one change, ten of them one event, one is stored, every time', async () => {
    const { receive, waiting, stored } = await arrange()
    for (const round of [1, 2, 3, 4, 5]) {
      const about = { checkoutSessionId: `cs_crowded_${round}` }
      const ids = Array.from({ length: 20 }, (_, n) => (n % 2 ? `evt_crowded_${round}` : `evt_crowded_${round}_${n}`))
      const results = await Promise.all(ids.map((id) => receive(COMPLETED, about, id)))
      expect(results.filter((result) => result === 'stored')).toHaveLength(1)
      expect(await stored(about.checkoutSessionId)).toHaveLength(1)
      expect(waiting()).toHaveLength(round)
    }
  })
})

describe('processBillingEvent', () => {
  const stateOf = async (checkoutSessionId: string) =>
    (await db.select().from(onboardingRuns).where(eq(onboardingRuns.checkoutSessionId, checkoutSessionId)))[0]?.state

  it('brings a paid checkout to a tenant', async () => {
    const { ctx, receive, paidCheckout } = await arrange()
    const checkoutSessionId = await paidCheckout()
    await receive(COMPLETED, { checkoutSessionId }, 'evt_paid')
    await processBillingEvent(ctx, { eventId: 'evt_paid' })
    await processBillingEvent(ctx, { eventId: 'evt_paid' })
    expect(await stateOf(checkoutSessionId)).toBe('succeeded')
  })

  it('has nothing to do with a payment that has failed, and comes again where the provider does not answer', async () => {
    const { ctx, billing, receive, paidCheckout } = await arrange()
    await receive('checkout.session.async_payment_failed', { checkoutSessionId: 'cs_of_nobody' }, 'evt_failed')
    await processBillingEvent(ctx, { eventId: 'evt_failed' })
    expect(await stateOf('cs_of_nobody')).toBeUndefined()
    const checkoutSessionId = await paidCheckout()
    await receive(COMPLETED, { checkoutSessionId }, 'evt_unheard')
    billing.failNext('fetchCheckout', connectionReset())
    await expect(processBillingEvent(ctx, { eventId: 'evt_unheard' })).rejects.toThrow('ECONNRESET')
  })

  it('brings a subscription up to date as soon as the provider tells of it', async () => {
    const { ctx, billing, receive, paidCheckout } = await arrange()
    const checkoutSessionId = await paidCheckout()
    await (
      await fulfil(ctx, { checkoutSessionId })
    ).settled
    const subscriptionId = `sub_${checkoutSessionId}`
    billing.change(subscriptionId, { status: 'cancelled' })
    await receive('customer.subscription.deleted', { subscriptionId }, 'evt_deleted')
    await processBillingEvent(ctx, { eventId: 'evt_deleted' })
    const [row] = await db.select().from(subscriptions).where(eq(subscriptions.checkoutSessionId, checkoutSessionId))
    expect(row).toMatchObject({ status: 'cancelled', providerSubscriptionId: subscriptionId })
    await receive('customer.subscription.deleted', { subscriptionId: 'sub_of_nobody' }, 'evt_unknown')
    await processBillingEvent(ctx, { eventId: 'evt_unknown' })
  })
})

describe('purgeBillingEvents', () => {
  it('forgets what is too old to come again, and nothing else', async () => {
    const { ctx, receive, stored } = await arrange()
    await purgeBillingEvents(ctx)
    for (const [id, age] of [
      ['evt_old', '36 days'],
      ['evt_young', '34 days'],
    ] as const) {
      await receive('invoice.paid', {}, id)
      await db
        .update(webhookEvents)
        .set({ receivedAt: sql`now() - ${age}::interval` })
        .where(eq(webhookEvents.id, id))
    }
    expect(await purgeBillingEvents(ctx)).toBe(1)
    expect([await stored('evt_old'), await stored('evt_young')]).toMatchObject([[], [{ id: 'evt_young' }]])
  })
})
