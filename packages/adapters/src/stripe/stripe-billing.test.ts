import { randomUUID } from 'node:crypto'
import type { NewCheckout } from '@gangway/core/ports'
import { testClock } from '@gangway/core/testing'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { billingContract } from '../contracts/billing.contract.ts'
import { createStripeBilling } from './create-stripe-billing.ts'
import { pay, payLater, renew } from './fake/customer.ts'
import { startFakeStripe } from './fake/fake-stripe.ts'
import { PROBLEMS } from './fake/problem.ts'
import { refundsOf } from './fake/money.ts'

/** Waits for its turn are over at once, and take the time with them. */
const clock = testClock({ autoUpToMs: 2000 })
const fake = await startFakeStripe({ clock })
afterAll(() => fake.close())
afterEach(() => fake.server.heal())

const { account, server, secretKey, webhookSecret } = fake
const billing = createStripeBilling({ secretKey, webhookSecret, clock, apiBase: server.url })

const LOST = { createCheckout: '^POST /v1/checkout/sessions$', refund: '^POST /v1/refunds$' }

function metadataOf({ userId, plan, slug, companyName }: NewCheckout) {
  return { user_id: userId, plan, slug, company_name: companyName }
}

function newCheckout(change: Partial<NewCheckout> = {}): NewCheckout {
  return {
    ...{ idempotencyKey: randomUUID(), userId: randomUUID(), email: 'ann@example.com', plan: 'STARTER', slug: 'acme' },
    ...{ companyName: 'Acme', cancelUrl: 'https://app.example/plan' },
    successUrl: 'https://app.example/onboarding/success?session_id={CHECKOUT_SESSION_ID}',
    ...change,
  }
}

async function paid(change: Partial<NewCheckout> = {}) {
  const { checkoutSessionId: id } = await billing.createCheckout(newCheckout(change))
  const { subscription } = pay(account, id)
  return { id, subscriptionId: subscription ?? '' }
}

function refunded(checkoutSessionId: string) {
  const subscription = account.sessions.get(checkoutSessionId)?.subscription
  const invoices = [...account.invoices.values()].filter(
    ({ parent }) => parent.subscription_details.subscription === subscription,
  )
  const intents = [...account.invoicePayments.values()].filter(({ invoice }) => invoices.some(({ id }) => id === invoice))
  return intents.flatMap(({ payment }) => refundsOf(account, payment.payment_intent))
}

billingContract('Stripe', async () => ({
  billing,
  clock,
  pay: async (id) => void pay(account, id),
  payLater: async (id) => void payLater(account, id, { afterMs: 60_000 }),
  loseReply: (method) => server.fail({ kind: 'lose-reply', match: LOST[method] }),
  checkoutsOf: async (userId) => [...account.sessions.values()].filter(({ client_reference_id: user }) => user === userId).length,
  refundsOf: async (id) => refunded(id).length,
  signedEvent: ({ id, type, checkoutSessionId }) =>
    fake.signedEvent(type, { id: checkoutSessionId, object: 'checkout.session', metadata: metadataOf(newCheckout()) }, id),
}))

describe('a checkout at Stripe', () => {
  it('says whom and what it is for, on the session and on its subscription', async () => {
    const wanted = newCheckout({ plan: 'SCALE' })
    const { checkoutSessionId } = await billing.createCheckout(wanted)
    expect(account.sessions.get(checkoutSessionId)).toMatchObject({
      ...{ mode: 'subscription', client_reference_id: wanted.userId, customer_email: wanted.email },
      ...{ metadata: metadataOf(wanted), success_url: wanted.successUrl, cancel_url: wanted.cancelUrl },
      ...{ amount_total: 49_900, currency: 'usd' },
    })
    const { subscription } = pay(account, checkoutSessionId)
    expect(account.subscriptions.get(subscription ?? '')?.metadata).toEqual(metadataOf(wanted))
  })

  it('is the same to the letter when it is repeated later', async () => {
    const wanted = newCheckout()
    const { checkoutSessionId } = await billing.createCheckout(wanted)
    await clock.advance(3_600_000)
    expect(await billing.createCheckout(wanted)).toMatchObject({ checkoutSessionId })
  })

  it('costs what is configured, and is found by its lookup key where nothing is', async () => {
    const [price] = account.prices.values()
    if (!price) throw new Error('the fake sells nothing')
    account.prices.set('price_of_old', { ...price, id: 'price_of_old', lookup_key: null, unit_amount: 100 })
    const configured = createStripeBilling({
      ...{ secretKey, webhookSecret, clock, apiBase: server.url },
      prices: { SCALE: 'price_of_old' },
    })
    const scale = await configured.createCheckout(newCheckout({ plan: 'SCALE' }))
    expect(account.sessions.get(scale.checkoutSessionId)).toMatchObject({ amount_total: 100 })
    const starter = await configured.createCheckout(newCheckout())
    expect(account.sessions.get(starter.checkoutSessionId)).toMatchObject({ amount_total: 4900 })
    const { subscription } = pay(account, scale.checkoutSessionId)
    expect(await configured.fetchSubscription(subscription ?? '')).toMatchObject({ plan: 'SCALE' })
    expect(await billing.fetchSubscription(subscription ?? '')).toMatchObject({ plan: null })
  })

  it('cannot be had for a plan that nobody has put up for sale', async () => {
    const shop = await startFakeStripe({ clock, prices: [] })
    try {
      const unready = createStripeBilling({ secretKey, webhookSecret, clock, apiBase: shop.server.url })
      await expect(unready.createCheckout(newCheckout())).rejects.toMatchObject({
        code: 'BILLING_REJECTED',
        cause: { message: 'Stripe has no active price with the lookup key gangway_starter' },
      })
    } finally {
      await shop.close()
    }
  })

  it('of another product in the same account is none of ours', async () => {
    const { id } = await paid()
    const since = clock.now()
    const session = account.sessions.get(id)
    if (!session) throw new Error('no session')
    session.metadata = { cart: '17' }
    expect(await billing.fetchCheckout(id)).toBeNull()
    expect((await billing.listPaidCheckouts(since)).map(({ checkoutSessionId }) => checkoutSessionId)).not.toContain(id)
    await expect(billing.refund(id, 'refund')).rejects.toMatchObject({ code: 'CHECKOUT_NOT_FOUND' })
    const { rawBody, signature } = fake.signedEvent('checkout.session.completed', session)
    expect(billing.parseWebhook(rawBody, signature)).toMatchObject({ checkoutSessionId: null })
  })

  it('has expired when the bank refuses a payment that was on its way', async () => {
    const { checkoutSessionId: id } = await billing.createCheckout(newCheckout())
    payLater(account, id, { afterMs: 60_000, outcome: 'fails' })
    expect(await billing.fetchCheckout(id)).toMatchObject({ status: 'complete', paymentStatus: 'unpaid' })
    await clock.advance(60_000)
    expect(await billing.fetchCheckout(id)).toMatchObject({ status: 'expired', paymentStatus: 'unpaid' })
  })

  it('is found among hundreds, page after page', async () => {
    await clock.advance(2000)
    const since = clock.now()
    const before = server.requests.length
    const { id } = await paid()
    const session = account.sessions.get(id)
    if (!session) throw new Error('no session')
    for (let n = 0; n < 250; n++) account.sessions.set(`cs_test_${n}`, { ...session, id: `cs_test_${n}` })
    const listed = await billing.listPaidCheckouts(since)
    expect(listed.map(({ checkoutSessionId }) => checkoutSessionId)).toEqual([
      ...Array.from({ length: 250 }, (_, n) => `cs_test_${249 - n}`),
      id,
    ])
    const asked = server.requests.slice(before).filter(({ method, path }) => `${method} ${path}` === 'GET /v1/checkout/sessions')
    expect(asked.map(({ query }) => query.get('starting_after'))).toEqual([null, 'cs_test_150', 'cs_test_50'])
    for (let n = 0; n < 250; n++) account.sessions.delete(`cs_test_${n}`)
  })
})

describe('a refund at Stripe', () => {
  it('is of everything that was paid, and ends the subscription before', async () => {
    const { id, subscriptionId } = await paid()
    renew(account, subscriptionId)
    const before = server.requests.length
    await billing.refund(id, 'of-two')
    expect(refunded(id).map(({ amount }) => amount)).toEqual([4900, 4900])
    expect(account.subscriptions.get(subscriptionId)).toMatchObject({ status: 'canceled' })
    const deeds = server.requests.slice(before).filter(({ method }) => method !== 'GET')
    expect(deeds.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE /v1/subscriptions/${subscriptionId}`,
      'POST /v1/refunds',
      'POST /v1/refunds',
    ])
  })

  it('goes on where it was broken off', async () => {
    const { id, subscriptionId } = await paid()
    renew(account, subscriptionId)
    server.fail({ kind: 'status', match: 'POST /v1/refunds', ...PROBLEMS.rateLimit })
    await expect(billing.refund(id, 'broken-off')).rejects.toMatchObject({ type: 'StripeRateLimitError' })
    await billing.refund(id, 'broken-off')
    expect(refunded(id)).toHaveLength(2)
  })

  it('is content when somebody has given the money back by hand', async () => {
    const { id } = await paid()
    await billing.refund(id, 'by-hand')
    await clock.advance(25 * 3_600_000)
    await billing.refund(id, 'by-hand')
    expect(refunded(id)).toHaveLength(1)
  })

  it('gets over a failure that Stripe repeats for its key', async () => {
    const { id } = await paid()
    fake.breakAfterWork('POST /v1/refunds')
    await expect(billing.refund(id, 'replayed')).rejects.toMatchObject({ type: 'StripeAPIError', statusCode: 500 })
    await billing.refund(id, 'replayed')
    expect(refunded(id)).toHaveLength(1)
  })
})

describe('a webhook of Stripe', () => {
  it.each([
    ...['checkout.session.completed', 'checkout.session.expired'],
    ...['checkout.session.async_payment_succeeded', 'checkout.session.async_payment_failed'],
  ])('names the session: %s', async (type) => {
    const { id } = await paid()
    const { rawBody, signature } = fake.signedEvent(type, account.sessions.get(id) ?? {})
    expect(billing.parseWebhook(rawBody, signature)).toMatchObject({ type, checkoutSessionId: id, subscriptionId: null })
  })

  it('names the subscription, and nothing where it is about something else', async () => {
    const { subscriptionId } = await paid()
    const ended = fake.signedEvent('customer.subscription.deleted', account.subscriptions.get(subscriptionId) ?? {})
    expect(billing.parseWebhook(ended.rawBody, ended.signature)).toMatchObject({ checkoutSessionId: null, subscriptionId })
    const other = fake.signedEvent('invoice.paid', { id: 'in_1', object: 'invoice' })
    expect(billing.parseWebhook(other.rawBody, other.signature)).toMatchObject({ checkoutSessionId: null, subscriptionId: null })
  })

  it('that is no event is refused, and its body stays out of the error', () => {
    const { rawBody, signature } = fake.signedEvent('x', { object: 'secret-thing' }, '')
    const refusal = refusalOf(() => billing.parseWebhook(`${rawBody} `, signature))
    expect(refusal).toMatchObject({ code: 'WEBHOOK_SIGNATURE_INVALID' })
    expect(JSON.stringify([refusal, Reflect.get(Object(refusal), 'cause')])).not.toContain('secret-thing')
    const { rawBody: nothing, signature: signed } = fake.signedEvent('x', ['no object'])
    expect(refusalOf(() => billing.parseWebhook(nothing, signed))).toMatchObject({ code: 'REQUEST_MALFORMED' })
  })
})

function refusalOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}
