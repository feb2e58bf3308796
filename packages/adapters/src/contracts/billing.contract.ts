import { randomUUID } from 'node:crypto'
import { classify } from '@gangway/core/errors'
import type { Billing, BillingEvent, NewCheckout } from '@gangway/core/ports'
import type { TestClock } from '@gangway/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'

export interface BillingUnderTest {
  billing: Billing
  /** The clock that the provider goes by. */
  clock: TestClock
  /** What a customer does on the provider's page. */
  pay(checkoutSessionId: string): Promise<void>
  /** The same with a payment that clears within a minute. */
  payLater(checkoutSessionId: string): Promise<void>
  /** The next call does its work, and its answer is lost on the way. */
  loseReply(method: 'createCheckout' | 'refund'): void
  /** How many checkouts there are of a user, and how often a payment was given back, in the provider's books. */
  checkoutsOf(userId: string): Promise<number>
  refundsOf(checkoutSessionId: string): Promise<number>
  /** A webhook as the provider would send it now. */
  signedEvent(event: Pick<BillingEvent, 'id' | 'type'> & { checkoutSessionId: string }): { rawBody: string; signature: string }
}

const DAY_MS = 24 * 60 * 60 * 1000
const INVALID = expect.objectContaining({ code: 'WEBHOOK_SIGNATURE_INVALID' })

/** What every payment provider must do. */
export function billingContract(name: string, open: () => Promise<BillingUnderTest>): void {
  describe(`${name} keeps the contract of billing`, () => {
    let subject: BillingUnderTest
    beforeAll(async () => {
      subject = await open()
    })

    function newCheckout(): NewCheckout {
      return {
        idempotencyKey: randomUUID(),
        userId: randomUUID(),
        email: 'ann@example.com',
        plan: 'PROFESSIONAL',
        slug: 'acme',
        companyName: 'Acme',
        successUrl: 'https://app.example/onboarding/success?session_id={CHECKOUT_SESSION_ID}',
        cancelUrl: 'https://app.example/plan',
      }
    }

    async function arrange() {
      const wanted = newCheckout()
      const { checkoutSessionId: id } = await subject.billing.createCheckout(wanted)
      return { wanted, id, ...subject }
    }

    it('creates a checkout that is open, unpaid and about what was asked for', async () => {
      const { billing, clock } = subject
      const wanted = newCheckout()
      const created = await billing.createCheckout(wanted)
      expect(created.checkoutSessionId).toMatch(/^[A-Za-z0-9_]{1,200}$/)
      expect(new URL(created.url).pathname).toContain(created.checkoutSessionId)
      // Providers count in seconds.
      expect(Math.abs(created.expiresAt.getTime() - clock.now().getTime() - DAY_MS)).toBeLessThan(1000)
      const { userId, plan, slug, companyName } = wanted
      expect(await billing.fetchCheckout(created.checkoutSessionId)).toEqual({
        checkoutSessionId: created.checkoutSessionId,
        ...{ status: 'open', paymentStatus: 'unpaid', subscriptionId: null },
        ...{ userId, plan, slug, companyName },
      })
    })

    it('race: ten creations with one key make one checkout; whoever comes too early is told to come again', async () => {
      const { billing, checkoutsOf } = subject
      const wanted = newCheckout()
      const results = await Promise.allSettled(Array.from({ length: 10 }, () => billing.createCheckout(wanted)))
      const ids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.checkoutSessionId] : []))
      const { checkoutSessionId } = await billing.createCheckout(wanted)
      expect(new Set([...ids, checkoutSessionId]).size).toBe(1)
      expect(await checkoutsOf(wanted.userId)).toBe(1)
      for (const result of results) if (result.status === 'rejected') expect(classify(result.reason).retry).toBe('transient')
    })

    it('makes one checkout when the answer is lost and the creation repeated', async () => {
      const { billing, loseReply, checkoutsOf } = subject
      const wanted = newCheckout()
      loseReply('createCheckout')
      const lost: unknown = await billing.createCheckout(wanted).catch((error: unknown) => error)
      expect(classify(lost).retry).toBe('transient')
      const { checkoutSessionId } = await billing.createCheckout(wanted)
      expect(await billing.createCheckout(wanted)).toMatchObject({ checkoutSessionId })
      expect(await checkoutsOf(wanted.userId)).toBe(1)
    })

    it('answers a repeated creation as it did the first, also when the checkout is paid by then', async () => {
      const { billing, wanted, id, pay } = await arrange()
      await pay(id)
      expect(await billing.createCheckout(wanted)).toMatchObject({ checkoutSessionId: id })
    })

    it('knows no checkout that it has not made', async () => {
      expect(await subject.billing.fetchCheckout('cs_unknown')).toBeNull()
    })

    it('shows a payment with its subscription', async () => {
      const { billing, id, pay } = await arrange()
      await pay(id)
      const paid = await billing.fetchCheckout(id)
      expect(paid).toMatchObject({ status: 'complete', paymentStatus: 'paid' })
      expect(paid?.subscriptionId).toBeTruthy()
    })

    it('shows a payment that clears later as unpaid until it has', async () => {
      const { billing, clock, id, payLater } = await arrange()
      await payLater(id)
      expect(await billing.fetchCheckout(id)).toMatchObject({ status: 'complete', paymentStatus: 'unpaid' })
      await clock.advance(60_000)
      expect(await billing.fetchCheckout(id)).toMatchObject({ status: 'complete', paymentStatus: 'paid' })
    })

    it('lets an open checkout expire, and no other', async () => {
      const [open, paid] = [await arrange(), await arrange()]
      await paid.pay(paid.id)
      await subject.clock.advance(DAY_MS)
      expect(await subject.billing.fetchCheckout(open.id)).toMatchObject({ status: 'expired', paymentStatus: 'unpaid' })
      expect(await subject.billing.fetchCheckout(paid.id)).toMatchObject({ status: 'complete', paymentStatus: 'paid' })
    })

    it('lists what was paid, newest first, from a time on', async () => {
      const { billing, clock } = subject
      const before = await arrange()
      await before.pay(before.id)
      await clock.advance(1000)
      const since = clock.now()
      const [first, unpaid] = [await arrange(), await arrange()]
      await first.pay(first.id)
      await clock.advance(1000)
      const second = await arrange()
      await second.payLater(second.id)
      expect((await billing.listPaidCheckouts(since)).map(({ checkoutSessionId }) => checkoutSessionId)).toEqual([first.id])
      await clock.advance(60_000)
      const listed = await billing.listPaidCheckouts(since)
      expect(listed.map(({ checkoutSessionId }) => checkoutSessionId)).toEqual([second.id, first.id])
      expect(listed[1]).toEqual(await billing.fetchCheckout(first.id))
      expect(listed.some(({ checkoutSessionId }) => checkoutSessionId === unpaid.id)).toBe(false)
    })

    it('knows the subscription of a payment, and no other', async () => {
      const { billing, id, pay } = await arrange()
      await pay(id)
      const subscriptionId = (await billing.fetchCheckout(id))?.subscriptionId ?? ''
      expect(await billing.fetchSubscription(subscriptionId)).toEqual({ subscriptionId, status: 'active', plan: 'PROFESSIONAL' })
      expect(await billing.fetchSubscription('sub_unknown')).toBeNull()
    })

    it('gives a payment back, ends its subscription, and is content with a repeat', async () => {
      const { billing, id, pay, refundsOf } = await arrange()
      await expect(billing.refund(id, `refund-${id}`)).rejects.toMatchObject({ code: 'CHECKOUT_UNPAID' })
      await pay(id)
      await billing.refund(id, `refund-${id}`)
      await billing.refund(id, `refund-${id}`)
      await billing.refund(id, `another-${id}`)
      expect(await refundsOf(id)).toBe(1)
      const subscriptionId = (await billing.fetchCheckout(id))?.subscriptionId ?? ''
      expect(await billing.fetchSubscription(subscriptionId)).toMatchObject({ status: 'cancelled' })
      await expect(billing.refund('cs_unknown', 'refund-2')).rejects.toMatchObject({ code: 'CHECKOUT_NOT_FOUND' })
    })

    it('gives a payment back once when the answer is lost and the refund repeated', async () => {
      const { billing, id, pay, loseReply, refundsOf } = await arrange()
      await pay(id)
      loseReply('refund')
      const lost: unknown = await billing.refund(id, `refund-${id}`).catch((error: unknown) => error)
      expect(classify(lost).retry).toBe('transient')
      await billing.refund(id, `refund-${id}`)
      expect(await refundsOf(id)).toBe(1)
    })

    it('reads a webhook that it signed itself', async () => {
      const { billing, signedEvent } = subject
      const event = { id: 'evt_1', type: 'checkout.session.completed', checkoutSessionId: 'cs_1' }
      const { rawBody, signature } = signedEvent(event)
      expect(billing.parseWebhook(rawBody, signature)).toMatchObject(event)
    })

    it('refuses a webhook that was changed, was signed by somebody else, or is not signed', async () => {
      const { billing, signedEvent } = subject
      const event = { id: 'evt_1', type: 'checkout.session.completed', checkoutSessionId: 'cs_1' }
      const { rawBody, signature } = signedEvent(event)
      const other = signedEvent({ ...event, id: 'evt_2' })
      expect(() => billing.parseWebhook(rawBody.replace('evt_1', 'evt_9'), signature)).toThrow(INVALID)
      expect(() => billing.parseWebhook(`${rawBody} `, signature)).toThrow(INVALID)
      expect(() => billing.parseWebhook(rawBody, other.signature)).toThrow(INVALID)
      for (const garbage of ['', 'garbage', signature.slice(0, -1), signature.replace(/\d/, '9')]) {
        expect(() => billing.parseWebhook(rawBody, garbage)).toThrow(INVALID)
      }
    })

    it('refuses a webhook that is older than 300 s', async () => {
      const { billing, clock, signedEvent } = subject
      const { rawBody, signature } = signedEvent({ id: 'evt_1', type: 'checkout.session.completed', checkoutSessionId: 'cs_1' })
      await clock.advance(300_000)
      expect(billing.parseWebhook(rawBody, signature).id).toBe('evt_1')
      await clock.advance(1000)
      expect(() => billing.parseWebhook(rawBody, signature)).toThrow(INVALID)
    })
  })
}
