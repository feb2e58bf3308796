import { randomUUID } from 'node:crypto'
import { connectionReset, faultPoints, memoryBilling, recordingJobs, seededIds, testClock } from '@gangway/core/testing'
import { sandboxCheckouts } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { and, eq, isNotNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { billingContract } from '../contracts/billing.contract.ts'
import { createSandboxBilling } from './create-sandbox-billing.ts'
import { eventBody } from './events.ts'
import { signBody } from './signature.ts'

const { db } = await testDatabase()
const webhookSecret = 'whsec_of_this_test'

function arrange(seed: string = randomUUID()) {
  const clock = testClock()
  const jobs = recordingJobs()
  const billing = createSandboxBilling({ db, clock, jobs, ids: seededIds(seed), webhookSecret, webUrl: 'http://localhost:3000' })
  async function create(plan: 'STARTER' | 'SCALE' = 'STARTER') {
    const { checkoutSessionId } = await billing.createCheckout({
      ...{
        idempotencyKey: randomUUID(),
        userId: randomUUID(),
        email: 'ann@example.com',
        plan,
        slug: 'acme',
        companyName: 'Acme',
      },
      successUrl: 'http://localhost:3000/onboarding/success?session_id={CHECKOUT_SESSION_ID}',
      cancelUrl: 'http://localhost:3000/plan',
    })
    return checkoutSessionId
  }
  return { clock, jobs, billing, create }
}

billingContract('the sandbox', async () => {
  const { billing, clock } = arrange()
  const { around, loseReply } = faultPoints<'createCheckout' | 'refund'>()
  const ofUser = (userId: string) => db.$count(sandboxCheckouts, eq(sandboxCheckouts.userId, userId))
  const givenBack = (id: string) =>
    db.$count(sandboxCheckouts, and(eq(sandboxCheckouts.id, id), isNotNull(sandboxCheckouts.refundedAt)))
  return {
    billing: {
      ...billing,
      createCheckout: (input) => around('createCheckout', () => billing.createCheckout(input)),
      refund: (...args) => around('refund', () => billing.refund(...args)),
    },
    clock,
    loseReply: (method) => loseReply(method, connectionReset()),
    checkoutsOf: ofUser,
    refundsOf: givenBack,
    async pay(checkoutSessionId) {
      await billing.paySandboxCheckout({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
    },
    async payLater(checkoutSessionId) {
      await billing.paySandboxCheckout({ checkoutSessionId, payment: 'clears_later', delivery: 'never' })
    },
    signedEvent({ id, type, checkoutSessionId }) {
      const now = clock.now()
      const rawBody = eventBody({ eventId: id, type, now, checkout: { id: checkoutSessionId, userId: 'user', clearsAt: null } })
      return { rawBody, signature: signBody({ secret: webhookSecret, rawBody, now }) }
    },
  }
})

billingContract('billing in memory', async () => {
  const clock = testClock()
  const billing = memoryBilling({ clock })
  return {
    billing,
    clock,
    loseReply: (method) => billing.loseReply(method, connectionReset()),
    checkoutsOf: async (userId) => billing.checkoutsOf(userId).length,
    refundsOf: async (id) => billing.refunds.filter((refunded) => refunded === id).length,
    pay: async (checkoutSessionId) => billing.pay(checkoutSessionId),
    payLater: async (checkoutSessionId) => billing.pay(checkoutSessionId, new Date(clock.now().getTime() + 60_000)),
    signedEvent: (event) => billing.signedEvent({ ...event, payload: {} }),
  }
})

describe('the checkout page of the sandbox', () => {
  it('shows what is to be paid, and where to go from there', async () => {
    const { billing, create } = arrange()
    const id = await create('SCALE')
    expect(id).toMatch(/^cs_sandbox_[A-Za-z0-9]{24}$/)
    expect(await billing.getSandboxCheckout(id)).toEqual({
      ...{ id, status: 'open', plan: 'SCALE', companyName: 'Acme', amount: 49_900, currency: 'usd' },
      successUrl: `http://localhost:3000/onboarding/success?session_id=${id}`,
      cancelUrl: 'http://localhost:3000/plan',
    })
  })

  it('leads to the success page with the id filled in', async () => {
    const { billing, create } = arrange()
    const id = await create()
    const paid = await billing.paySandboxCheckout({ checkoutSessionId: id, payment: 'succeeds', delivery: 'once' })
    expect(paid).toEqual({ redirectUrl: `http://localhost:3000/onboarding/success?session_id=${id}` })
  })

  it('a declined payment changes nothing and can be tried again', async () => {
    const { billing, create, jobs } = arrange()
    const id = await create()
    const declined = billing.paySandboxCheckout({ checkoutSessionId: id, payment: 'declined', delivery: 'once' })
    await expect(declined).rejects.toMatchObject({ code: 'PAYMENT_DECLINED' })
    expect(await billing.fetchCheckout(id)).toMatchObject({ status: 'open', paymentStatus: 'unpaid' })
    expect(jobs.enqueued).toEqual([])
    await billing.paySandboxCheckout({ checkoutSessionId: id, payment: 'succeeds', delivery: 'once' })
    expect(await billing.fetchCheckout(id)).toMatchObject({ paymentStatus: 'paid' })
  })

  it.each(['succeeds', 'declined', 'clears_later'] as const)(
    'refuses a payment that %s on a checkout that is not open',
    async (payment) => {
      const { billing, clock, create } = arrange()
      const [paid, expired] = [await create(), await create()]
      await billing.paySandboxCheckout({ checkoutSessionId: paid, payment: 'succeeds', delivery: 'never' })
      await clock.advance(24 * 60 * 60 * 1000)
      const pay = (checkoutSessionId: string) => billing.paySandboxCheckout({ checkoutSessionId, payment, delivery: 'once' })
      await expect(pay(paid)).rejects.toMatchObject({ code: 'CHECKOUT_ALREADY_PAID' })
      await expect(pay(expired)).rejects.toMatchObject({ code: 'CHECKOUT_EXPIRED' })
      await expect(pay('cs_sandbox_unknown')).rejects.toMatchObject({ code: 'CHECKOUT_NOT_FOUND' })
      await expect(billing.getSandboxCheckout('cs_sandbox_unknown')).rejects.toMatchObject({ code: 'CHECKOUT_NOT_FOUND' })
    },
  )

  it('race: of eight who pay at once, one pays', async () => {
    const { billing, create, jobs } = arrange()
    const id = await create()
    const payments = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        billing.paySandboxCheckout({ checkoutSessionId: id, payment: 'succeeds', delivery: 'once' }),
      ),
    )
    expect(payments.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const payment of payments) {
      if (payment.status === 'rejected') expect(payment.reason).toMatchObject({ code: 'CHECKOUT_ALREADY_PAID' })
    }
    expect(jobs.enqueued).toHaveLength(1)
  })

  it('a webhook that cannot be planned takes the payment back', async () => {
    const { billing, create, jobs } = arrange()
    const id = await create()
    jobs.failNext('enqueue', new Error('the queue is gone'))
    const paying = billing.paySandboxCheckout({ checkoutSessionId: id, payment: 'succeeds', delivery: 'once' })
    await expect(paying).rejects.toThrow('the queue is gone')
    expect(await billing.fetchCheckout(id)).toMatchObject({ status: 'open', paymentStatus: 'unpaid' })
  })
})

describe('the webhooks of the sandbox', () => {
  const completed = 'checkout.session.completed'
  const cleared = 'checkout.session.async_payment_succeeded'

  it.each([
    { payment: 'succeeds', delivery: 'once', expected: [[completed, undefined]] },
    { payment: 'succeeds', delivery: 'late', expected: [[completed, 20_000]] },
    {
      payment: 'succeeds',
      delivery: 'twice',
      expected: [
        [completed, undefined],
        [completed, undefined],
      ],
    },
    { payment: 'succeeds', delivery: 'never', expected: [] },
    {
      payment: 'clears_later',
      delivery: 'once',
      expected: [
        [completed, undefined],
        [cleared, 15_000],
      ],
    },
    {
      payment: 'clears_later',
      delivery: 'late',
      expected: [
        [completed, 20_000],
        [cleared, 35_000],
      ],
    },
    { payment: 'clears_later', delivery: 'never', expected: [] },
  ] as const)('a payment that $payment, delivered $delivery', async ({ payment, delivery, expected }) => {
    const { billing, clock, create, jobs } = arrange()
    const id = await create()
    await billing.paySandboxCheckout({ checkoutSessionId: id, payment, delivery })
    const planned = jobs.enqueued.map(({ options }, index) => {
      const { startAfter } = options
      return [jobs.payloads('sandbox.deliver-webhook')[index]?.type, startAfter && startAfter.getTime() - clock.now().getTime()]
    })
    expect(planned).toEqual(expected)
    for (const payload of jobs.payloads('sandbox.deliver-webhook')) expect(payload.checkoutSessionId).toBe(id)
  })

  it('a delivery that comes twice is the same event twice', async () => {
    const { billing, create, jobs } = arrange()
    await billing.paySandboxCheckout({ checkoutSessionId: await create(), payment: 'clears_later', delivery: 'twice' })
    const [one, again, two, twoAgain] = jobs.payloads('sandbox.deliver-webhook')
    expect(again).toEqual(one)
    expect(twoAgain).toEqual(two)
    expect(one?.eventId).not.toBe(two?.eventId)
  })

  it('a refund is remembered from the first time on', async () => {
    const { billing, clock, create } = arrange()
    const id = await create()
    await billing.paySandboxCheckout({ checkoutSessionId: id, payment: 'succeeds', delivery: 'never' })
    const at = clock.now()
    await billing.refund(id, 'key-1')
    await clock.advance(1000)
    await billing.refund(id, 'key-2')
    const [row] = await db.select().from(sandboxCheckouts).where(eq(sandboxCheckouts.id, id))
    expect(row?.refundedAt).toEqual(at)
  })

  it('a signed body that is no event is refused', () => {
    const { billing, clock } = arrange()
    for (const rawBody of ['', 'not json', '{}', '[]', '{"id":"evt","type":"x","data":{}}']) {
      const signature = signBody({ secret: webhookSecret, rawBody, now: clock.now() })
      expect(() => billing.parseWebhook(rawBody, signature)).toThrow(expect.objectContaining({ code: 'REQUEST_MALFORMED' }))
    }
  })
})
