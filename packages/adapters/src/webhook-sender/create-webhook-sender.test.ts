import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeReply, startFakeServer } from '../fake-server/fake-server.ts'
import { webhookSenderContract } from '../contracts/webhook-sender.contract.ts'
import { memoryWebhookSender } from '@gangway/core/testing'
import { createWebhookSender } from './create-webhook-sender.ts'

let reply: FakeReply = { status: 200 }
const fake = await startFakeServer(() => reply)
afterAll(() => fake.close())
beforeEach(() => {
  reply = { status: 200 }
  fake.heal()
})

const sender = createWebhookSender({ allowLocalhost: true })
const call = { url: `${fake.url}/hooks`, headers: { 'webhook-id': 'msg_1' }, body: '{"type":"run.succeeded"}' }

webhookSenderContract('the webhook sender', () => ({
  sender,
  url: call.url,
  answerWith: (answer) => {
    reply = answer
  },
  received: () => fake.requests.at(-1),
  cutNext: () => fake.fail({ kind: 'cut' }),
}))

webhookSenderContract('the webhook sender in memory', () => {
  const memory = memoryWebhookSender()
  return {
    sender: memory,
    url: 'https://hooks.example.com/in',
    answerWith: ({ status, body }) => memory.answerWith({ status, body: typeof body === 'string' ? body : '' }),
    received: () => memory.posted.at(-1),
    cutNext: () => memory.failNext('post', Object.assign(new Error('cut'), { code: 'ECONNRESET' })),
  }
})

describe('the webhook sender', () => {
  it('says that JSON comes, and from whom', async () => {
    await sender.post(call)
    expect(fake.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/hooks',
      headers: { 'content-type': 'application/json', 'user-agent': 'Gangway-Webhooks/1' },
    })
  })

  it.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 30_000],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-5' }, null],
  ])('hears when to come back: %j', async (headers, ms) => {
    reply = { status: 503, headers }
    expect((await sender.post(call)).retryAfterMs).toBe(ms)
  })

  it('calls nobody on this machine unless it may', async () => {
    const before = fake.requests.length
    const strict = createWebhookSender({ allowLocalhost: false })
    expect(() => strict.check(call.url)).toThrow('ADDRESS_REFUSED')
    await expect(strict.post(call)).rejects.toThrow('ADDRESS_REFUSED')
    expect(fake.requests).toHaveLength(before)
  })
})
