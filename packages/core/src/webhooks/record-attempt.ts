import { webhookAttempts, webhookDeliveries, webhookEndpoints } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { WEBHOOK_TEST, type WebhookMessageType } from '@gangway/schemas/webhooks'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { WebhooksContext } from '../context.ts'
import type { ErrorCode } from '../errors/index.ts'
import { deliveryGroup } from './delivery-group.ts'
import { disableEndpoint } from './disable-endpoint.ts'
import type { EndpointRow } from './endpoint-view.ts'
import { retryPauseMs } from './retry-pause.ts'

/** What came of a post: an answer, or the code of why there was none. */
export interface Outcome {
  status: number | null
  body: string
  retryAfterMs: number | null
  error: ErrorCode | null
}

interface Due {
  deliveryId: string
  attempt: number
  endpoint: EndpointRow
}

interface Attempt extends Due {
  type: WebhookMessageType
  at: Date
  durationMs: number
  outcome: Outcome
}

/** An endpoint that has answered nothing but failures for so long is turned off. */
const FAILING_FOR_MS = 5 * 24 * 60 * 60 * 1000
const GONE = 410

/** The log, the delivery's state, the next attempt and the endpoint's health, in one transaction. */
export async function recordAttempt(ctx: WebhooksContext, attempt: Attempt): Promise<void> {
  const { deliveryId, outcome, at, durationMs } = attempt
  const succeeded = outcome.status !== null && outcome.status >= 200 && outcome.status < 300
  await inTransaction(ctx.db, async (tx) => {
    const row = await lockDue(tx, attempt)
    // Somebody else has written this attempt down: our claim had run out.
    if (!row) return
    const tries = row.tries + 1
    const isTest = attempt.type === WEBHOOK_TEST
    const gone = outcome.status === GONE
    const pause = succeeded || isTest || gone ? null : retryPauseMs(ctx.ids, tries, outcome.retryAfterMs)
    const nextAttemptAt = pause === null ? null : new Date(ctx.clock.now().getTime() + pause)
    await tx
      .update(webhookDeliveries)
      .set({
        ...{ attempts: attempt.attempt, tries, claimedUntil: null, nextAttemptAt },
        ...{ lastStatus: outcome.status, lastError: outcome.error },
        status: succeeded ? 'succeeded' : nextAttemptAt ? 'pending' : 'failed',
      })
      .where(eq(webhookDeliveries.id, deliveryId))
    const { status, error, body: response } = outcome
    await tx.insert(webhookAttempts).values({ deliveryId, number: attempt.attempt, at, durationMs, status, error, response })
    if (nextAttemptAt) {
      const payload = { deliveryId, attempt: attempt.attempt + 1 }
      const group = deliveryGroup(attempt.endpoint)
      await ctx.jobs.enqueue(tx, 'webhooks.deliver', payload, { startAfter: nextAttemptAt, group })
    }
    if (succeeded) await recover(tx, attempt.endpoint.id)
    else if (!isTest) await suffer(ctx, tx, { endpointId: attempt.endpoint.id, at, gone })
  })
}

/** The endpoint was turned off while the message was on its way: nothing was sent, and nothing will be by itself. */
export async function recordUnsent(ctx: WebhooksContext, due: Due): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if (!(await lockDue(tx, due))) return
    const unsent = { status: 'failed', claimedUntil: null, nextAttemptAt: null, lastError: 'WEBHOOK_ENDPOINT_DISABLED' } as const
    await tx.update(webhookDeliveries).set(unsent).where(eq(webhookDeliveries.id, due.deliveryId))
  })
}

/** The endpoint first, as its removal does, and then the delivery: in another order they could wait for each other. */
async function lockDue(tx: Tx, { deliveryId, attempt, endpoint }: Due) {
  await tx
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, endpoint.id))
    .for('no key update')
  const { id, status, attempts, tries } = webhookDeliveries
  const [row] = await tx
    .select({ tries })
    .from(webhookDeliveries)
    .where(and(eq(id, deliveryId), eq(status, 'pending'), eq(attempts, attempt - 1)))
    .for('update')
  return row
}

async function recover(tx: Tx, endpointId: string): Promise<void> {
  const { id, failingSince } = webhookEndpoints
  await tx
    .update(webhookEndpoints)
    .set({ failingSince: null })
    .where(and(eq(id, endpointId), isNotNull(failingSince)))
}

async function suffer(
  ctx: WebhooksContext,
  tx: Tx,
  { endpointId, at, gone }: { endpointId: string; at: Date; gone: boolean },
): Promise<void> {
  const { id, failingSince } = webhookEndpoints
  const [endpoint] = await tx
    .update(webhookEndpoints)
    .set({ failingSince: sql`coalesce(${failingSince}, ${at.toISOString()}::timestamptz)` })
    .where(eq(id, endpointId))
    .returning()
  if (!endpoint) return
  const since = endpoint.failingSince ?? at
  if (gone) await disableEndpoint(ctx, tx, { endpoint, reason: 'gone' })
  else if (since.getTime() <= at.getTime() - FAILING_FOR_MS) await disableEndpoint(ctx, tx, { endpoint, reason: 'failing' })
}
