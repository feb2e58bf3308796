import { createStripeBilling } from '@gangway/adapters/stripe'
import { type FakeStripe, pay, payLater, startFakeStripe } from '@gangway/adapters/stripe/fake'
import { syncBilling } from '@gangway/core/billing'
import { createCheckout, processBillingEvent } from '@gangway/core/checkout'
import { sweep, sweepPaidCheckouts } from '@gangway/core/provisioning'
import { newWorld } from '@gangway/core/testing/world'
import { testDatabase } from '@gangway/db/testing'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerErrors } from './errors.ts'
import { webhookRoutes } from './webhooks.ts'

const database = await testDatabase()
const { sql } = database
const world = await newWorld(database)
const { clock, jobs, user } = world
const COMPLETED = 'checkout.session.completed'

/** The webhooks of a product that takes payments by Stripe, and Stripe, which knows where they are. */
const billing = { ...world.ctx.billing, provider: 'stripe' }
const ctx = { ...world.ctx, billing }
const product = Fastify({ logger: false, forceCloseConnections: true })
let stripe: FakeStripe
let url = ''

beforeAll(async () => {
  answerErrors(product, ctx)
  await product.register(webhookRoutes, { contexts: { provisioning: ctx } })
  url = await product.listen({ port: 0, host: '127.0.0.1' })
  stripe = await startFakeStripe({ clock, webhookUrl: `${url}/api/webhooks/stripe` })
  const { secretKey, webhookSecret, server } = stripe
  Object.assign(billing, createStripeBilling({ secretKey, webhookSecret, clock, apiBase: server.url }))
})
afterAll(async () => {
  await stripe.close()
  await product.close()
})

async function checkout(slug: string): Promise<string> {
  const wanted = { userId: user.id, email: user.email, slug, plan: 'PROFESSIONAL', companyName: 'Acme Corp' } as const
  return (await createCheckout(ctx, wanted)).checkoutSessionId
}

async function post(body: string, headers: Record<string, string>, path = 'stripe') {
  const began = performance.now()
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } }
  const response = await fetch(`${url}/api/webhooks/${path}`, init)
  return { status: response.status, body: await response.json(), ms: performance.now() - began }
}

/** What the worker does. */
async function work(): Promise<void> {
  await stripe.idle()
  for (const payload of jobs.payloads('billing.process-event')) await processBillingEvent(ctx, payload)
}

async function tenants(slug: string) {
  const [counts] = await sql`
    select count(distinct r.id)::int as runs, max(r.state) as state, count(distinct o.id)::int as organizations,
           count(distinct s.id)::int as subscriptions, count(distinct k.id)::int as keys
    from onboarding_runs r left join organizations o on o.run_id = r.id and o.status = 'onboarded'
    left join subscriptions s on s.org_id = o.id left join api_keys k on k.org_id = o.id where r.slug = ${slug}`
  return counts
}
const ONE = { runs: 1, state: 'succeeded', organizations: 1, subscriptions: 1, keys: 1 }

describe('the webhooks of Stripe', () => {
  it('bring a payer to a tenant, once, though they come three times and in no order', async () => {
    stripe.plan({ copies: 3, order: 'shuffled', delayMs: 10 })
    const id = await checkout('by_webhook')
    pay(stripe.account, id)
    await work()
    expect(await tenants('by_webhook')).toEqual(ONE)
    const [{ events, subscription } = {}] = await sql`
      select count(*)::int as events, (select provider from subscriptions where checkout_session_id = ${id}) as subscription
      from webhook_events where object_id = ${id}`
    expect([events, subscription]).toEqual([1, 'stripe'])
  })

  it('do not have to come: the sweeper finds who has paid', async () => {
    stripe.plan({ copies: 0 })
    const id = await checkout('by_sweep')
    pay(stripe.account, id)
    await work()
    expect(await tenants('by_sweep')).toMatchObject({ runs: 0 })
    await (
      await sweepPaidCheckouts(ctx, 'recent')
    ).settled
    expect(await tenants('by_sweep')).toEqual(ONE)
  })

  it('come before the money does, where it clears later', async () => {
    stripe.plan({})
    const id = await checkout('clears_later')
    payLater(stripe.account, id, { afterMs: 30_000 })
    await work()
    expect(await tenants('clears_later')).toMatchObject({ runs: 1, state: 'awaiting_payment' })
    await clock.advance(61_000)
    await (
      await sweep(ctx)
    ).settled
    expect(await tenants('clears_later')).toEqual(ONE)
  })

  it('tell that a bank has refused: the customer can start again', async () => {
    stripe.plan({})
    const id = await checkout('refused_later')
    payLater(stripe.account, id, { afterMs: 30_000, outcome: 'fails' })
    await work()
    await clock.advance(61_000)
    await (
      await sweep(ctx)
    ).settled
    const [run] = await sql`select state, failure ->> 'code' as code from onboarding_runs where slug = 'refused_later'`
    expect(run).toMatchObject({ state: 'failed', code: 'CHECKOUT_EXPIRED' })
  })

  it('tell what becomes of a subscription', async () => {
    stripe.plan({})
    const id = await checkout('ending')
    const { subscription } = pay(stripe.account, id)
    await work()
    expect(await syncBilling(ctx)).toMatchObject({ failed: 0, missing: 0 })
    const known = () =>
      sql`select status, plan, provider_subscription_id as id from subscriptions where checkout_session_id = ${id}`
    expect(await known()).toMatchObject([{ status: 'active', plan: 'PROFESSIONAL', id: subscription }])
    const theirs = stripe.account.subscriptions.get(subscription ?? '')
    const scale = stripe.account.prices.get('price_gangway_scale')
    for (const item of theirs?.items.data ?? []) if (scale) item.price = scale
    stripe.account.emit('customer.subscription.updated', theirs ?? {})
    await work()
    expect(await known()).toMatchObject([{ status: 'active', plan: 'SCALE', id: subscription }])
    expect(await syncBilling(ctx)).toMatchObject({ repaired: 0, failed: 0 })
  })
})

describe('the address of the webhooks', () => {
  it('answers within a second, also when 50 come at once: it waits for nothing that is worked on', async () => {
    const answers = await sql.begin(async (tx) => {
      await tx`lock table checkouts, slug_reservations, onboarding_runs, organizations, subscriptions in access exclusive mode`
      return Promise.all(
        Array.from({ length: 50 }, (_, n) => {
          const { rawBody, signature } = stripe.signedEvent('invoice.paid', { id: `in_${n}`, object: 'invoice' })
          return post(rawBody, { 'stripe-signature': signature })
        }),
      )
    })
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`))).toEqual(
      new Set(['200 {"received":"stored"}']),
    )
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(1000)
  })

  it('refuses what is not signed, signed by somebody else, changed, or old, and stores nothing of it', async () => {
    const { rawBody, signature } = stripe.signedEvent(
      COMPLETED,
      { id: 'cs_test_forged', object: 'checkout.session' },
      'evt_forged',
    )
    const refused = { status: 400, body: { error: 'WEBHOOK_SIGNATURE_INVALID' } }
    expect(await post(rawBody, {})).toMatchObject(refused)
    expect(await post(rawBody, { 'stripe-signature': signature.replace(/v1=./, 'v1=x') })).toMatchObject(refused)
    expect(await post(rawBody, { 'x-gangway-signature': signature })).toMatchObject(refused)
    expect(await post(rawBody.replace('forged', 'changed'), { 'stripe-signature': signature })).toMatchObject(refused)
    expect(await post(JSON.stringify(JSON.parse(rawBody), null, 2), { 'stripe-signature': signature })).toMatchObject(refused)
    await clock.advance(301_000)
    expect(await post(rawBody, { 'stripe-signature': signature })).toMatchObject(refused)
    expect(await sql`select id from webhook_events where id = 'evt_forged'`).toEqual([])
  })

  it('is that of the provider in use, and no other', async () => {
    const { rawBody, signature } = stripe.signedEvent('invoice.paid', { id: 'in_x', object: 'invoice' })
    expect(await post(rawBody, { 'x-gangway-signature': signature }, 'sandbox')).toMatchObject({ status: 404 })
    expect(await post(rawBody, { 'stripe-signature': signature }, 'paypal')).toMatchObject({ status: 404 })
  })

  it('says that a signed body is no event', async () => {
    const { rawBody, signature } = stripe.signedEvent('', ['nothing'])
    expect(await post(rawBody, { 'stripe-signature': signature })).toMatchObject({
      status: 400,
      body: { error: 'REQUEST_MALFORMED' },
    })
  })
})
