import { randomBytes } from 'node:crypto'
import type { Clock } from '@gangway/core/ports'
import { type FakeReply, type FakeRequest, type FakeServer, startFakeServer } from '../../fake-server/fake-server.ts'
import { API_VERSION } from '../client.ts'
import { type Account, planPrices, type Price, unixNow } from './account.ts'
import { type Api, createApi } from './api.ts'
import { createDeliveries, type Deliveries, deliverySchema, sign } from './deliveries.ts'
import { answerPage } from './pages.ts'
import { StripeProblem } from './problem.ts'

export interface FakeStripeOptions {
  clock: Clock
  /** Where webhooks go; nowhere when there is none. */
  webhookUrl?: string | undefined
  webhookSecret?: string | undefined
  secretKey?: string | undefined
  /** Instead of one for each plan. */
  prices?: Price[] | undefined
  requestsPerSecond?: number | undefined
  port?: number | undefined
}

export interface FakeStripe extends Pick<Api, 'breakAfterWork' | 'takeTime'>, Pick<Deliveries, 'plan' | 'idle'> {
  server: FakeServer
  account: Account
  secretKey: string
  restrictedKey: string
  webhookSecret: string
  /** A webhook as it would be sent now. */
  signedEvent(type: string, object: object, id?: string): { rawBody: string; signature: string }
  close(): Promise<void>
}

/** Another process plans how webhooks are brought: POST the plan as JSON. */
const DELIVERIES = '/_fake/deliveries'
const RESTRICTED_KEY = 'rk_test_onlyReads1234'

/** Stripe on a port of this machine: API, payment pages, and webhooks. */
export async function startFakeStripe(options: FakeStripeOptions): Promise<FakeStripe> {
  const { clock, webhookUrl, port, requestsPerSecond } = options
  const { secretKey = 'sk_test_gangway1234', webhookSecret = 'whsec_of_the_fake' } = options
  const deliveries = createDeliveries({ clock, url: webhookUrl, secret: webhookSecret })
  const account = openAccount(options, { deliveries, pageUrl: () => server.url })
  const api = createApi({ account, secretKey, restrictedKey: RESTRICTED_KEY, requestsPerSecond })

  function answer(request: FakeRequest): FakeReply | Promise<FakeReply> {
    if (request.path === DELIVERIES) return planned(deliveries, request)
    return answerOnPage(account, request) ?? api.answer(request)
  }

  const server = await startFakeServer(answer, port === undefined ? {} : { port })
  return {
    ...{ server, account, secretKey, restrictedKey: RESTRICTED_KEY, webhookSecret },
    breakAfterWork: (match) => api.breakAfterWork(match),
    takeTime: (ms) => api.takeTime(ms),
    plan: (delivery) => deliveries.plan(delivery),
    idle: () => deliveries.idle(),
    signedEvent(type, object, id = account.newId('evt')) {
      const payload = JSON.stringify(newEvent(account, { type, object, id }))
      return { rawBody: payload, signature: sign({ payload, secret: webhookSecret, clock }) }
    },
    async close() {
      await deliveries.close()
      await server.close()
    },
  }
}

function openAccount(
  { clock, prices }: FakeStripeOptions,
  { deliveries, pageUrl }: { deliveries: Deliveries; pageUrl: () => string },
): Account {
  const sold = prices ?? planPrices(unixNow({ clock }))
  const account: Account = {
    ...{ clock, pageUrl, sessions: new Map(), lines: new Map(), subscriptionMetadata: new Map(), subscriptions: new Map() },
    ...{ invoices: new Map(), invoicePayments: new Map(), intents: new Map(), refunds: new Map(), events: new Map() },
    prices: new Map(sold.map((price) => [price.id, price])),
    clearings: [],
    newId: (prefix) => `${prefix}_${randomBytes(12).toString('hex')}`,
    emit(type, object) {
      const event = newEvent(account, { type, object, id: account.newId('evt') })
      account.events.set(event.id, event)
      deliveries.send(event)
    },
  }
  return account
}

function newEvent(account: Account, { type, object, id }: { type: string; object: object; id: string }) {
  const data = { object: structuredClone(object) }
  const created = unixNow(account)
  return { id, object: 'event' as const, api_version: API_VERSION, created, livemode: false, pending_webhooks: 1, type, data }
}

function answerOnPage(account: Account, request: FakeRequest): FakeReply | undefined {
  try {
    return answerPage(account, request)
  } catch (error) {
    if (!(error instanceof StripeProblem)) throw error
    return { status: error.status, body: error.message }
  }
}

function planned(deliveries: Deliveries, { body }: FakeRequest): FakeReply {
  const parsed = deliverySchema.safeParse(JSON.parse(body))
  if (!parsed.success) return { status: 400, body: { message: parsed.error.message } }
  deliveries.plan(parsed.data)
  return { status: 204 }
}
