import { webhookDeliveries, webhookEndpoints, webhookMessages } from '@gangway/db/schema'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { WebhooksContext } from '../context.ts'
import { classify, GangwayError } from '../errors/index.ts'
import type { JobPayloads } from '../ports/index.ts'
import { associatedData } from './caller.ts'
import type { EndpointRow } from './endpoint-view.ts'
import { type Outcome, recordAttempt, recordUnsent } from './record-attempt.ts'
import { signedHeaders } from './sign.ts'

/** A process that has not written down what came of its attempt by then is dead. The sender's deadline is far below. */
const CLAIM = sql`interval '60 seconds'`
/** Postgres keeps no NUL in a text. */
const NUL = /\u0000/g

/**
 * Makes one attempt and writes down what came of it, with the next one where it failed. Safe to call twice: an attempt
 * has a number, and one process at a time is at it. Throws DATABASE_BUSY while another is.
 */
export async function deliverMessage(
  ctx: WebhooksContext,
  { deliveryId, attempt }: JobPayloads['webhooks.deliver'],
): Promise<void> {
  if (!(await claim(ctx, { deliveryId, attempt }))) return
  const [found] = await ctx.db
    .select({ endpoint: webhookEndpoints, message: webhookMessages })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .innerJoin(webhookMessages, eq(webhookMessages.id, webhookDeliveries.messageId))
    .where(eq(webhookDeliveries.id, deliveryId))
  if (!found) return
  const { endpoint, message } = found
  if (endpoint.disabledReason) return recordUnsent(ctx, { deliveryId, attempt, endpoint })
  const at = ctx.clock.now()
  const outcome = await post(ctx, { endpoint, message, at })
  const durationMs = ctx.clock.now().getTime() - at.getTime()
  await recordAttempt(ctx, { deliveryId, attempt, endpoint, type: message.type, at, durationMs, outcome })
}

/** False when there is nothing left to do: the attempt was made, or the delivery is gone. */
async function claim(ctx: WebhooksContext, { deliveryId, attempt }: JobPayloads['webhooks.deliver']): Promise<boolean> {
  const { id, status, attempts, claimedUntil } = webhookDeliveries
  const due = and(eq(id, deliveryId), eq(status, 'pending'), eq(attempts, attempt - 1))
  const claimed = await ctx.db
    .update(webhookDeliveries)
    .set({ claimedUntil: sql`now() + ${CLAIM}` })
    .where(and(due, or(isNull(claimedUntil), lt(claimedUntil, sql`now()`))))
    .returning({ id })
  if (claimed.length > 0) return true
  // The queue asks again: whoever is at it may be dead.
  if ((await ctx.db.select({ id }).from(webhookDeliveries).where(due)).length > 0) throw new GangwayError('DATABASE_BUSY')
  return false
}

interface Posting {
  endpoint: EndpointRow
  message: { id: string; body: string }
  at: Date
}

async function post(ctx: WebhooksContext, { endpoint, message, at }: Posting): Promise<Outcome> {
  try {
    const secrets = await openSecrets(ctx, endpoint, at)
    const headers = signedHeaders({ messageId: message.id, at, body: message.body, secrets })
    const answer = await ctx.webhookSender.post({ url: endpoint.url, headers, body: message.body })
    return { ...answer, body: answer.body.replaceAll(NUL, '\uFFFD'), error: null }
  } catch (error) {
    const { code } = classify(error)
    ctx.log.warn({ err: error, code, endpointId: endpoint.id }, 'a webhook could not be sent')
    return { status: null, body: '', retryAfterMs: null, error: code }
  }
}

/** The newest first. */
async function openSecrets(ctx: WebhooksContext, endpoint: EndpointRow, at: Date): Promise<string[]> {
  const { sealed, previousSealed, previousExpiresAt, orgId } = endpoint
  const overlaps = previousSealed && previousExpiresAt && previousExpiresAt > at
  const all = overlaps ? [sealed, previousSealed] : [sealed]
  return Promise.all(all.map((each) => ctx.vault.open(each, associatedData(orgId))))
}
