import type { WebhookSender } from '@gangway/core/ports'
import { createOutgoing } from '../outgoing/index.ts'
import { retryAfterMs } from './retry-after.ts'

export interface WebhookSenderOptions {
  /** Also to this machine, and there without TLS. For development, never in production. */
  allowLocalhost: boolean
}

const KEPT_BYTES = 1024

export function createWebhookSender({ allowLocalhost }: WebhookSenderOptions): WebhookSender {
  const outgoing = createOutgoing({ allowLocalhost })
  return {
    check: (url) => outgoing.check(url),
    async post({ url, headers, body }) {
      const fixed = { 'content-type': 'application/json', 'user-agent': 'Gangway-Webhooks/1' }
      const answer = await outgoing.send({ url, method: 'POST', headers: { ...fixed, ...headers }, body })
      return {
        status: answer.status,
        body: answer.body.subarray(0, KEPT_BYTES).toString(),
        retryAfterMs: retryAfterMs(answer.headers),
      }
    },
  }
}
