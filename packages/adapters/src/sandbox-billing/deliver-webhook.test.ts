import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { recordingJobs, seededIds, testClock } from '@gangway/core/testing'
import { testDatabase } from '@gangway/db/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { createSandboxBilling } from './create-sandbox-billing.ts'
import { deliverSandboxWebhook } from './deliver-webhook.ts'
import { SIGNATURE_HEADER } from './signature.ts'

const { db } = await testDatabase()

interface Received {
  path: string | undefined
  contentType: string | undefined
  rawBody: string
  signature: string
}

const NOTHING: Received = { path: undefined, contentType: undefined, rawBody: '', signature: '' }

let stop = async () => {}
afterEach(() => stop())

/** A receiver that answers every request with one status, and a paid checkout to tell it about. */
async function arrange({ status, payment }: { status: number; payment: 'succeeds' | 'clears_later' }) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const { url, headers } = request
    received.push({
      path: url,
      contentType: headers['content-type'],
      rawBody: await text(request),
      signature: String(headers[SIGNATURE_HEADER]),
    })
    response.writeHead(status, { location: '/elsewhere' }).end('answer')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')

  const clock = testClock()
  const jobs = recordingJobs()
  const shared = { db, clock, webhookSecret: 'whsec_of_this_test' }
  const billing = createSandboxBilling({ ...shared, jobs, ids: seededIds(randomUUID()), webUrl: 'http://localhost:3000' })
  const { checkoutSessionId } = await billing.createCheckout({
    ...{
      idempotencyKey: randomUUID(),
      userId: randomUUID(),
      email: 'ann@example.com',
      plan: 'STARTER',
      slug: 'acme',
      companyName: 'Acme',
    },
    ...{ successUrl: 'http://localhost:3000/success', cancelUrl: 'http://localhost:3000/plan' },
  })
  await billing.paySandboxCheckout({ checkoutSessionId, payment, delivery: 'once' })
  const deliver = async () => {
    for (const job of jobs.payloads('sandbox.deliver-webhook')) {
      await deliverSandboxWebhook({ ...shared, apiUrl: `http://127.0.0.1:${address.port}` }, job)
    }
  }
  return { received, billing, checkoutSessionId, deliver, jobs }
}

describe('deliverSandboxWebhook', () => {
  it('posts an event that the sandbox itself accepts', async () => {
    const { received, billing, checkoutSessionId, deliver, jobs } = await arrange({ status: 200, payment: 'succeeds' })
    await deliver()
    expect(received).toHaveLength(1)
    const [{ path, contentType, rawBody, signature } = NOTHING] = received
    expect([path, contentType]).toEqual(['/api/webhooks/sandbox', 'application/json'])
    expect(billing.parseWebhook(rawBody, signature)).toMatchObject({
      id: jobs.payloads('sandbox.deliver-webhook')[0]?.eventId,
      type: 'checkout.session.completed',
      checkoutSessionId,
      payload: { data: { object: { payment_status: 'paid' } } },
    })
  })

  it('tells of a payment that clears later as unpaid first, and as paid then', async () => {
    const { received, deliver } = await arrange({ status: 200, payment: 'clears_later' })
    await deliver()
    expect(received.map(({ rawBody }) => JSON.parse(rawBody))).toMatchObject([
      { type: 'checkout.session.completed', data: { object: { payment_status: 'unpaid' } } },
      { type: 'checkout.session.async_payment_succeeded', data: { object: { payment_status: 'paid' } } },
    ])
  })

  it.each([400, 500, 503])('fails on an answer of %i, so that the queue tries again', async (status) => {
    const { deliver } = await arrange({ status, payment: 'succeeds' })
    await expect(deliver()).rejects.toMatchObject({ code: 'UPSTREAM_FAILED' })
  })

  it('follows no redirect', async () => {
    const { deliver, received } = await arrange({ status: 307, payment: 'succeeds' })
    await expect(deliver()).rejects.toThrow('fetch failed')
    expect(received).toHaveLength(1)
  })

  it('fails when nobody listens', async () => {
    const { deliver } = await arrange({ status: 200, payment: 'succeeds' })
    await stop()
    stop = async () => {}
    await expect(deliver()).rejects.toThrow('fetch failed')
  })
})
