import { createHmac } from 'node:crypto'
import type { Ids } from '../ports/index.ts'

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** `whsec_` and 256 random bits in base64. */
export function newWebhookSecret(ids: Ids): string {
  return PREFIX + Buffer.from(ids.random(SECRET_BYTES * 2, '0123456789abcdef'), 'hex').toString('base64')
}

/** The `webhook-id`: the same at every attempt, and without a full stop, which separates what is signed. */
export function webhookId(messageId: string): string {
  return `msg_${messageId.replaceAll('-', '')}`
}

export interface Signing {
  messageId: string
  /** Of the attempt: receivers refuse what is old. */
  at: Date
  body: string
  /** One signature each: two while a rotation overlaps. */
  secrets: readonly string[]
}

export function signedHeaders({ messageId, at, body, secrets }: Signing): Record<string, string> {
  const id = webhookId(messageId)
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
