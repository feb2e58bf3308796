import { createHash } from 'node:crypto'
import { GangwayError } from '../errors/gangway-error.ts'
import type { Billing, BillingEvent, Checkout, CreatedCheckout, Subscription } from '../ports/billing.ts'
import type { Clock } from '../ports/clock.ts'
import { testClock } from './clock.ts'
import { faultPoints, type Faults } from './faults.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const TOLERANCE_MS = 300_000

type Method = 'createCheckout' | 'fetchCheckout' | 'listPaidCheckouts' | 'fetchSubscription' | 'refund'

export interface MemoryBilling extends Billing, Faults<Method> {
  /** The customer pays; with `clearsAt`, the payment counts from then on. */
  pay(checkoutSessionId: string, clearsAt?: Date): void
  /** The provider changes a subscription of its own accord: somebody else's plan, a card that has run out. */
  change(subscriptionId: string, change: Partial<Pick<Subscription, 'status' | 'plan'>>): void
  /** A webhook as the provider would send it now. */
  signedEvent(event: Omit<BillingEvent, 'subscriptionId'> & { subscriptionId?: string }): { rawBody: string; signature: string }
  /** Every checkout session that was made for a user, in order. */
  checkoutsOf(userId: string): readonly string[]
  /** Checkout sessions that were given back, in order. */
  readonly refunds: readonly string[]
}

interface Entry {
  checkout: Checkout
  created: CreatedCheckout
  createdAt: number
  paysAt: number | undefined
}

/** A payment provider that lives as long as the test. */
export function memoryBilling({ clock = testClock() }: { clock?: Clock } = {}): MemoryBilling {
  const { around, ...faults } = faultPoints<Method>()
  const byKey = new Map<string, Entry>()
  const byId = new Map<string, Entry>()
  const refunds = new Map<string, string>()
  const changes = new Map<string, Partial<Subscription>>()
  const now = () => clock.now().getTime()

  function find(checkoutSessionId: string): Entry {
    const entry = byId.get(checkoutSessionId)
    if (!entry) throw new GangwayError('CHECKOUT_NOT_FOUND')
    return entry
  }

  function present({ checkout, created, paysAt }: Entry): Checkout {
    if (paysAt === undefined) return created.expiresAt.getTime() <= now() ? { ...checkout, status: 'expired' } : checkout
    const subscriptionId = `sub_${checkout.checkoutSessionId}`
    return { ...checkout, status: 'complete', paymentStatus: paysAt <= now() ? 'paid' : 'unpaid', subscriptionId }
  }

  function findSubscription(subscriptionId: string): Subscription | null {
    const checkout = byId.get(subscriptionId.replace(/^sub_/, ''))
    if (!checkout || present(checkout).subscriptionId !== subscriptionId) return null
    const { plan, checkoutSessionId } = checkout.checkout
    const status = refunds.has(checkoutSessionId) ? 'cancelled' : 'active'
    return { subscriptionId, status, plan, ...changes.get(subscriptionId) }
  }

  function sign(rawBody: string, at: number): string {
    return `${at}.${createHash('sha256').update(`memory ${at} ${rawBody}`).digest('hex')}`
  }

  return {
    ...faults,
    provider: 'memory',
    createCheckout: (input) =>
      around('createCheckout', async () => {
        const { idempotencyKey, userId, plan, slug, companyName } = input
        const checkoutSessionId = `cs_memory_${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 24)}`
        const entry = byKey.get(idempotencyKey) ?? {
          checkout: {
            checkoutSessionId,
            status: 'open',
            paymentStatus: 'unpaid',
            userId,
            plan,
            slug,
            companyName,
            subscriptionId: null,
          },
          created: { checkoutSessionId, url: `https://pay.example/${checkoutSessionId}`, expiresAt: new Date(now() + DAY_MS) },
          createdAt: now(),
          paysAt: undefined,
        }
        byKey.set(idempotencyKey, entry)
        byId.set(checkoutSessionId, entry)
        return entry.created
      }),
    fetchCheckout: (checkoutSessionId) =>
      around('fetchCheckout', async () => {
        const entry = byId.get(checkoutSessionId)
        return entry ? present(entry) : null
      }),
    parseWebhook(rawBody, signature) {
      const at = Number(signature.split('.')[0])
      if (signature !== sign(rawBody, at) || Math.abs(now() - at) > TOLERANCE_MS)
        throw new GangwayError('WEBHOOK_SIGNATURE_INVALID')
      const event: BillingEvent = JSON.parse(rawBody)
      return event
    },
    listPaidCheckouts: (since) =>
      around('listPaidCheckouts', async () =>
        [...byId.values()]
          .filter(({ createdAt }) => createdAt >= since.getTime())
          .sort((a, b) => b.createdAt - a.createdAt)
          .map(present)
          .filter(({ paymentStatus }) => paymentStatus === 'paid'),
      ),
    fetchSubscription: (subscriptionId) => around('fetchSubscription', async () => findSubscription(subscriptionId)),
    refund: (checkoutSessionId, idempotencyKey) =>
      around('refund', async () => {
        if (present(find(checkoutSessionId)).paymentStatus === 'unpaid') throw new GangwayError('CHECKOUT_UNPAID')
        if (!refunds.has(checkoutSessionId)) refunds.set(checkoutSessionId, idempotencyKey)
      }),
    pay(checkoutSessionId, clearsAt) {
      find(checkoutSessionId).paysAt = clearsAt?.getTime() ?? now()
    },
    change(subscriptionId, change) {
      changes.set(subscriptionId, { ...changes.get(subscriptionId), ...change })
    },
    signedEvent(event) {
      const rawBody = JSON.stringify({ subscriptionId: null, ...event })
      return { rawBody, signature: sign(rawBody, now()) }
    },
    checkoutsOf: (userId) => [...byId].flatMap(([id, { checkout }]) => (checkout.userId === userId ? [id] : [])),
    get refunds() {
      return [...refunds.keys()]
    },
  }
}
