import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { classify, ERRORS, type ErrorCode, PATTERNS } from '@gangway/core/errors'
import { testClock } from '@gangway/core/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openStripe } from './client.ts'
import { pay } from './fake/customer.ts'
import { startFakeStripe } from './fake/fake-stripe.ts'
import { PROBLEMS } from './fake/problem.ts'

const clock = testClock({ autoUpToMs: 2000 })
const fake = await startFakeStripe({ clock })
afterAll(() => fake.close())
beforeEach(() => {
  fake.server.heal()
  fake.takeTime(0)
})

const { server, account, secretKey } = fake
const stripe = openStripe({ secretKey, clock, apiBase: server.url, timeoutMs: 300 })
const asking = (key: string) => openStripe({ secretKey: key, clock, apiBase: server.url })

const PRICE = 'price_gangway_starter'
function create(options: { price?: string; mode?: string; idempotencyKey?: string; email?: string } = {}) {
  const { price = PRICE, mode = 'subscription', idempotencyKey = randomUUID(), email = 'ann@example.com' } = options
  return stripe.checkout.sessions.create(
    { mode, line_items: [{ price, quantity: 1 }], success_url: 'https://app.example/done', customer_email: email },
    { idempotencyKey },
  )
}

async function closedPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** Each failure as the real SDK gives it. */
const REAL: [pattern: string, code: ErrorCode, provoke: () => Promise<unknown>][] = [
  [
    'Stripe: signature does not fit',
    'WEBHOOK_SIGNATURE_INVALID',
    async () => stripe.webhooks.constructEvent('{}', 't=1,v1=00', fake.webhookSecret),
  ],
  [
    'Stripe: card declined',
    'PAYMENT_DECLINED',
    async () => {
      server.fail({ kind: 'status', ...PROBLEMS.cardDeclined })
      await create()
    },
  ],
  [
    'Stripe: object in use',
    'BILLING_UNAVAILABLE',
    async () => {
      server.fail({ kind: 'status', ...PROBLEMS.lockTimeout })
      await create()
    },
  ],
  [
    'Stripe: too many requests',
    'RATE_LIMITED',
    async () => {
      server.fail({ kind: 'status', ...PROBLEMS.rateLimit })
      await create()
    },
  ],
  [
    'Stripe: idempotency key at work',
    'BILLING_UNAVAILABLE',
    async () => {
      fake.takeTime(100)
      const idempotencyKey = randomUUID()
      const results = await Promise.allSettled([create({ idempotencyKey }), create({ idempotencyKey })])
      for (const result of results) if (result.status === 'rejected') throw result.reason
    },
  ],
  [
    'Stripe: idempotency key used for something else',
    'BILLING_REJECTED',
    async () => {
      const idempotencyKey = randomUUID()
      await create({ idempotencyKey })
      await create({ idempotencyKey, email: 'bob@example.com' })
    },
  ],
  ['Stripe: key not accepted', 'BILLING_REJECTED', () => asking('sk_test_unknown').prices.list()],
  [
    'Stripe: key may not do this',
    'BILLING_REJECTED',
    () => asking(fake.restrictedKey).refunds.create({ payment_intent: 'pi_1' }),
  ],
  ['Stripe: no such object', 'BILLING_REJECTED', () => create({ price: 'price_unknown' })],
  ['Stripe: no such object', 'BILLING_REJECTED', () => stripe.subscriptions.retrieve('sub_unknown')],
  ['Stripe: request not accepted', 'BILLING_REJECTED', () => create({ mode: 'subscriptoin' })],
  [
    'Stripe: request not accepted',
    'BILLING_REJECTED',
    async () => {
      const { id } = await create()
      pay(account, id)
      await stripe.checkout.sessions.expire(id)
    },
  ],
  [
    'Stripe: no answer in time',
    'BILLING_UNAVAILABLE',
    async () => {
      server.fail({ kind: 'hang' })
      await create()
    },
  ],
  [
    'Stripe: connection failed',
    'BILLING_UNAVAILABLE',
    async () => {
      server.fail({ kind: 'cut' })
      await create()
    },
  ],
  [
    'Stripe: connection failed',
    'BILLING_UNAVAILABLE',
    async () => openStripe({ secretKey, clock, apiBase: `http://127.0.0.1:${await closedPort()}` }).prices.list(),
  ],
  [
    'Stripe: page of a proxy',
    'BILLING_UNAVAILABLE',
    async () => {
      server.fail({ kind: 'html', status: 502 })
      await create()
    },
  ],
  [
    'Stripe: failure on their side',
    'BILLING_UNAVAILABLE',
    async () => {
      server.fail({ kind: 'status', ...PROBLEMS.apiError })
      await create()
    },
  ],
]

describe('what Stripe says when it fails', () => {
  it.each(REAL)('%s: %s', async (pattern, code, provoke) => {
    const error: unknown = await provoke().then(
      () => undefined,
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(Error)
    expect(PATTERNS.find(({ matches }) => error instanceof Error && matches(error))?.name).toBe(pattern)
    expect(classify(error)).toMatchObject({ code, ...ERRORS[code] })
  })

  it('is tested for every pattern that there is', () => {
    const named = PATTERNS.map(({ name }) => name).filter((name) => name.startsWith('Stripe: '))
    expect(new Set(REAL.map(([pattern]) => pattern))).toEqual(new Set(named))
  })
})

describe('the client', () => {
  it('repeats nothing by itself, neither after a cut nor after a failure nor when Stripe bids it', async () => {
    const faults = [
      { kind: 'cut' } as const,
      { kind: 'status', ...PROBLEMS.apiError } as const,
      { kind: 'status', status: 409, headers: { 'stripe-should-retry': 'true' }, body: PROBLEMS.apiError.body } as const,
    ]
    for (const fault of faults) {
      const before = server.requests.length
      server.fail(fault)
      await expect(create()).rejects.toThrow(/connection to Stripe|unknown error/)
      expect(server.requests.length - before).toBe(1)
    }
  })

  it('names its version, and tells nothing of itself', async () => {
    await stripe.prices.list()
    await stripe.prices.list()
    expect(server.requests.at(-1)?.headers).toMatchObject({ 'stripe-version': '2026-10-28.endive' })
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('x-stripe-client-telemetry')
  })
})
