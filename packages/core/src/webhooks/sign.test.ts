import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { seededIds } from '../testing/index.ts'
import { newWebhookSecret, signedHeaders } from './sign.ts'

const messageId = 'a63c1b2e-0000-4000-8000-000000000001'
const at = new Date('2023-01-19T00:13:51.900Z')
const body = '{"type":"run.succeeded","timestamp":"2023-01-19T00:13:51Z","data":{}}'

it('makes secrets of 256 bits that say what they are', () => {
  const secret = newWebhookSecret(seededIds('secret'))
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(newWebhookSecret(seededIds('other'))).not.toBe(secret)
})

it('signs id, timestamp and body, once with each secret', () => {
  const ids = seededIds('sign')
  const secrets = [newWebhookSecret(ids), newWebhookSecret(ids)]
  const id = 'msg_a63c1b2e000040008000000000000001'
  const expected = secrets.map((secret) => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.1674087231.${body}`).digest('base64')}`
  })
  expect(signedHeaders({ messageId, at, body, secrets })).toEqual({
    'webhook-id': id,
    'webhook-timestamp': '1674087231',
    'webhook-signature': expected.join(' '),
  })
})

it('signs as the reference implementation of Standard Webhooks does', () => {
  const headers = signedHeaders({
    messageId: 'p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  })
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})
