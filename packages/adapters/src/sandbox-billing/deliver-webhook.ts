import { GangwayError } from '@gangway/core/errors'
import type { JobPayloads } from '@gangway/core/ports'
import { findRow } from './checkouts.ts'
import { eventBody } from './events.ts'
import type { SandboxContext } from './sandbox-context.ts'
import { SIGNATURE_HEADER, signBody } from './signature.ts'

/** A provider waits about this long for an answer. */
const ANSWER_WITHIN_MS = 10_000

export type DeliverContext = Pick<SandboxContext, 'db' | 'clock' | 'webhookSecret'> & {
  /** Where the API is, without a slash at the end. */
  apiUrl: string
}

/**
 * Posts one signed event to our own webhook, as the provider would. Throws CHECKOUT_NOT_FOUND, UPSTREAM_FAILED for
 * any answer but 2xx, and what `fetch` throws, so that the queue tries again.
 */
export async function deliverSandboxWebhook(ctx: DeliverContext, job: JobPayloads['sandbox.deliver-webhook']): Promise<void> {
  const { eventId, type, checkoutSessionId } = job
  const checkout = await findRow(ctx, checkoutSessionId)
  if (!checkout) throw new GangwayError('CHECKOUT_NOT_FOUND')
  const now = ctx.clock.now()
  const rawBody = eventBody({ eventId, type, now, checkout })
  const response = await fetch(`${ctx.apiUrl}/api/webhooks/sandbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signBody({ secret: ctx.webhookSecret, rawBody, now }) },
    body: rawBody,
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  })
  await response.body?.cancel()
  if (!response.ok) throw new GangwayError('UPSTREAM_FAILED', { cause: new Error(`the webhook answered ${response.status}`) })
}
