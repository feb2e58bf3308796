import { testClock } from '@gangway/core/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startFakeServer } from '../../fake-server/fake-server.ts'
import { API_VERSION, openStripe } from '../client.ts'
import { pay, payLater, settle } from './customer.ts'
import { startFakeStripe } from './fake-stripe.ts'

const clock = testClock({ autoUpToMs: 2000 })
let refusing = 0
/** Whoever receives the webhooks. */
const shop = await startFakeServer(() => ({ status: refusing-- > 0 ? 503 : 200, body: {} }))
const fake = await startFakeStripe({ clock, webhookUrl: `${shop.url}/hooks` })
afterAll(async () => {
  await fake.close()
  await shop.close()
})
beforeEach(() => {
  refusing = 0
  fake.plan({})
})

const { account, server } = fake
const stripe = openStripe({ secretKey: fake.secretKey, clock, apiBase: server.url })
const wanted = {
  mode: 'subscription' as const,
  line_items: [{ price: 'price_gangway_starter', quantity: 1 }],
  success_url: 'https://app.example/done?session_id={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://app.example/plan',
}

/** As no SDK would let us ask. */
function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(server.url + path, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Bearer ${fake.secretKey}`,
      'stripe-version': API_VERSION,
      ...headers,
    },
  })
}

const FORM = { mode: 'subscription', 'line_items[0][price]': 'price_gangway_starter', 'line_items[0][quantity]': '1' }
const URLS = { success_url: 'https://app.example/done', cancel_url: 'https://app.example/plan' }
const AT = (seconds: number) => String(Math.floor(clock.now().getTime() / 1000) + seconds)
const METADATA_51 = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`metadata[k${n}]`, 'v']))

describe('the fake is as strict as Stripe', () => {
  it.each([
    ['an unknown parameter', { ...FORM, ...URLS, foo: 'x' }, { code: 'parameter_unknown', param: 'foo' }],
    ['an unknown one inside', { ...FORM, ...URLS, 'line_items[0][foo]': 'x' }, { param: 'line_items[0][foo]' }],
    ['a missing one', { ...FORM }, { code: 'parameter_missing', param: 'success_url' }],
    ['an empty one', { ...FORM, success_url: '' }, { code: 'parameter_invalid_empty', param: 'success_url' }],
    ['a mode that is none', { ...FORM, ...URLS, mode: 'rent' }, { param: 'mode' }],
    ['a quantity that is none', { ...FORM, ...URLS, 'line_items[0][quantity]': 'two' }, { code: 'parameter_invalid_integer' }],
    ['an address that is none', { ...FORM, success_url: 'done' }, { code: 'url_invalid', param: 'success_url' }],
    ['an e-mail address that is none', { ...FORM, ...URLS, customer_email: 'ann' }, { code: 'email_invalid' }],
    ['a price that is none', { ...FORM, ...URLS, 'line_items[0][price]': 'x' }, { code: 'resource_missing' }],
    ['an end too soon', { ...FORM, ...URLS, expires_at: AT(60) }, { param: 'expires_at' }],
    ['an end too late', { ...FORM, ...URLS, expires_at: AT(90_000) }, { param: 'expires_at' }],
    ['metadata that are too long', { ...FORM, ...URLS, 'metadata[a]': 'x'.repeat(501) }, { param: 'metadata[a]' }],
    ['too many metadata', { ...FORM, ...URLS, ...METADATA_51 }, { param: 'metadata' }],
  ])('refuses %s', async (_what, form, error) => {
    const response = await post('/v1/checkout/sessions', form)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', ...error } })
  })

  it('refuses strangers, other versions, other forms, and addresses that it does not have', async () => {
    const asked = (headers: Record<string, string>, path = '/v1/refunds') => post(path, {}, headers).then(({ status }) => status)
    expect(await asked({ authorization: '' })).toBe(401)
    expect(await asked({ authorization: 'Bearer sk_live_1' })).toBe(401)
    expect(await asked({ authorization: `Bearer ${fake.restrictedKey}` })).toBe(403)
    expect(await asked({ 'stripe-version': '2020-08-27' })).toBe(400)
    expect(await asked({ 'content-type': 'application/json' })).toBe(400)
    expect(await asked({}, '/v1/charge')).toBe(404)
  })

  it('says so where it does not know what a parameter does', async () => {
    const response = await post('/v1/checkout/sessions', { ...FORM, ...URLS, locale: 'de' })
    expect([response.status, await response.json()]).toEqual([500, { fake: 'Error: the fake does not know what locale does' }])
  })

  it('expands what can be expanded, four levels deep', async () => {
    const { id } = await stripe.checkout.sessions.create(wanted)
    const { subscription } = pay(account, id)
    const deep = await stripe.checkout.sessions.retrieve(id, { expand: ['subscription.latest_invoice.payments', 'line_items'] })
    expect(deep).toMatchObject({
      subscription: { id: subscription, latest_invoice: { object: 'invoice', payments: { data: [{ status: 'paid' }] } } },
      line_items: { data: [{ quantity: 1 }] },
    })
    const tooDeep = { expand: ['subscription.latest_invoice.payments.data.payment.payment_intent'] }
    await expect(stripe.checkout.sessions.retrieve(id, tooDeep)).rejects.toThrow('more than 4 levels')
    await expect(stripe.checkout.sessions.retrieve(id, { expand: ['mode'] })).rejects.toThrow('cannot be expanded')
    await expect(stripe.checkout.sessions.retrieve(id, { expand: ['nothing'] })).rejects.toThrow('cannot be expanded')
  })

  it('gives no more back than was paid', async () => {
    const { id } = await stripe.checkout.sessions.create(wanted)
    pay(account, id)
    const [intent] = [...account.intents.values()].slice(-1)
    const given = { payment_intent: intent?.id ?? '' }
    await stripe.refunds.create({ ...given, amount: 900 })
    await expect(stripe.refunds.create({ ...given, amount: 4900 })).rejects.toMatchObject({ code: 'amount_too_large' })
    expect(await stripe.refunds.create(given)).toMatchObject({ amount: 4000, status: 'succeeded' })
    await expect(stripe.refunds.create(given)).rejects.toMatchObject({ code: 'charge_already_refunded' })
    expect((await stripe.refunds.list(given)).data.map(({ amount }) => amount)).toEqual([4000, 900])
    await expect(stripe.refunds.create({})).rejects.toMatchObject({ code: 'parameter_missing' })
  })

  it('repeats what it has said to a key, and forgets it after a day', async () => {
    const idempotencyKey = 'one-key'
    fake.breakAfterWork('POST /v1/checkout/sessions')
    const before = account.sessions.size
    await expect(stripe.checkout.sessions.create(wanted, { idempotencyKey })).rejects.toThrow('unknown error')
    const again = stripe.checkout.sessions.create(wanted, { idempotencyKey })
    await expect(again).rejects.toMatchObject({ statusCode: 500, headers: { 'idempotent-replayed': 'true' } })
    expect(account.sessions.size).toBe(before + 1)
    await clock.advance(25 * 3_600_000)
    expect(await stripe.checkout.sessions.create(wanted, { idempotencyKey })).toMatchObject({ status: 'open' })
  })

  it('remembers nothing of a request that it has refused', async () => {
    const form = { ...FORM, ...URLS }
    const key = { 'idempotency-key': 'mended' }
    expect((await post('/v1/checkout/sessions', { ...form, mode: 'rent' }, key)).status).toBe(400)
    expect((await post('/v1/checkout/sessions', form, key)).status).toBe(200)
  })
})

describe('webhooks of the fake', () => {
  const received = (since: number) =>
    shop.requests.slice(since).map(({ body, headers }) => ({
      event: stripe.webhooks.constructEvent(
        body,
        headers['stripe-signature'] ?? '',
        fake.webhookSecret,
        300,
        undefined,
        clock.now().getTime(),
      ),
    }))
  const typesSince = (since: number) => received(since).map(({ event }) => event.type)
  const PAID = ['customer.subscription.created', 'invoice.paid', 'checkout.session.completed']

  async function paidAfter(plan: Parameters<typeof fake.plan>[0]): Promise<number> {
    await fake.idle()
    fake.plan(plan)
    const since = shop.requests.length
    pay(account, (await stripe.checkout.sessions.create(wanted)).id)
    await fake.idle()
    return since
  }

  it('are signed, and come as they were sent', async () => {
    expect(typesSince(await paidAfter({}))).toEqual(PAID)
  })

  it('come twice, in the wrong order, or never', async () => {
    expect(typesSince(await paidAfter({ copies: 2 }))).toEqual(PAID.flatMap((type) => [type, type]))
    expect(typesSince(await paidAfter({ order: 'reversed' }))).toEqual(PAID.toReversed())
    expect(typesSince(await paidAfter({ order: 'shuffled', delayMs: 5 })).toSorted()).toEqual(PAID.toSorted())
    expect(typesSince(await paidAfter({ copies: 0 }))).toEqual([])
  })

  it('come again where they were not taken', async () => {
    refusing = 1
    expect(typesSince(await paidAfter({}))).toEqual(['customer.subscription.created', ...PAID])
  })

  it('are planned from another process as well', async () => {
    const plan = (body: unknown) => fetch(`${server.url}/_fake/deliveries`, { method: 'POST', body: JSON.stringify(body) })
    expect((await plan({ copies: 11 })).status).toBe(400)
    expect((await plan({ copies: 0 })).status).toBe(204)
    const since = shop.requests.length
    pay(account, (await stripe.checkout.sessions.create(wanted)).id)
    await fake.idle()
    expect(shop.requests.slice(since)).toEqual([])
  })

  it('tell what time does: payments that clear or fail, sessions that expire', async () => {
    await fake.idle()
    const open = await stripe.checkout.sessions.create(wanted)
    const [good, bad] = [await stripe.checkout.sessions.create(wanted), await stripe.checkout.sessions.create(wanted)]
    payLater(account, good.id, { afterMs: 5000 })
    payLater(account, bad.id, { afterMs: 5000, outcome: 'fails' })
    await fake.idle()
    const since = shop.requests.length
    await clock.advance(25 * 3_600_000)
    settle(account)
    await fake.idle()
    const told = received(since).map(({ event }) => [event.type, Reflect.get(event.data.object, 'id')])
    expect(told).toContainEqual(['checkout.session.async_payment_succeeded', good.id])
    expect(told).toContainEqual(['checkout.session.async_payment_failed', bad.id])
    expect(told).toContainEqual(['checkout.session.expired', open.id])
    expect((await stripe.events.list({ type: 'checkout.session.expired', limit: 1 })).data).toHaveLength(1)
  })
})

describe('the payment page', () => {
  it('takes a payment, and leads back', async () => {
    const { id, url } = await stripe.checkout.sessions.create(wanted)
    const page = await fetch(url ?? '')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const text = await page.text()
    expect(text).toContain('49.00 USD')
    expect(text).toContain('href="https://app.example/plan"')
    const declined = await fetch(`${url}/decline`, { method: 'POST' })
    expect([declined.status, await declined.text()]).toEqual([402, expect.stringContaining('Your card was declined.')])
    const paid = await fetch(`${url}/pay`, { method: 'POST', redirect: 'manual' })
    expect([paid.status, paid.headers.get('location')]).toEqual([303, `https://app.example/done?session_id=${id}`])
    expect((await fetch(`${url}/pay`, { method: 'POST', redirect: 'manual' })).status).toBe(400)
  })

  it('pays later, and expires', async () => {
    const [one, other] = [await stripe.checkout.sessions.create(wanted), await stripe.checkout.sessions.create(wanted)]
    expect((await fetch(`${one.url}/pay-later`, { method: 'POST', redirect: 'manual' })).status).toBe(303)
    expect(await stripe.checkout.sessions.retrieve(one.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    const expired = await fetch(`${other.url}/expire`, { method: 'POST' })
    expect(await expired.text()).toContain('This checkout is expired.')
  })
})
