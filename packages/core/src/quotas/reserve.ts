import { quotaReservations, subscriptions } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { Quota, QuotaExceeded, QuotaKind } from '@gangway/schemas/quotas'
import { eq } from 'drizzle-orm'
import { GangwayError } from '../errors/index.ts'
import { quotaOf } from './usage.ts'

/** A run that has not been heard of for so long gives its place back. */
export const HOLD_MS = 5 * 60 * 1000

interface Reservation {
  orgId: string
  runId: string
  at: Date
}

/**
 * Takes a place of the plan for a run: per day, per month and at once. The row lock on the subscription puts all starts of
 * an organization in a row, so that none counts past another. Throws QUOTA_EXCEEDED with a `QuotaExceeded`, and
 * SUBSCRIPTION_INACTIVE.
 */
export async function reserveQuota(tx: Tx, { orgId, runId, at }: Reservation): Promise<Quota> {
  const quota = await lockQuota(tx, { orgId, at })
  const expiresAt = new Date(at.getTime() + HOLD_MS)
  const held = { state: 'held' as const, reservedAt: at, expiresAt }
  await tx
    .insert(quotaReservations)
    .values({ runId, orgId, ...held })
    .onConflictDoUpdate({ target: quotaReservations.runId, set: held })
  return quota
}

/** As it is before the reservation. The lock is held until the transaction ends. */
async function lockQuota(tx: Tx, { orgId, at }: { orgId: string; at: Date }): Promise<Quota> {
  const [subscription] = await tx
    .select({ plan: subscriptions.plan, status: subscriptions.status })
    .from(subscriptions)
    .where(eq(subscriptions.orgId, orgId))
    .for('update')
  if (!subscription || subscription.status === 'cancelled') throw new GangwayError('SUBSCRIPTION_INACTIVE')
  const quota = await quotaOf(tx, { orgId, plan: subscription.plan, at })
  const exceeded = firstExceeded(quota, at)
  if (exceeded) throw new GangwayError('QUOTA_EXCEEDED', { details: { ...exceeded } })
  return quota
}

/** The one that takes longest to come back. */
function firstExceeded({ day, month, atOnce }: Quota, at: Date): QuotaExceeded | undefined {
  const kinds: [QuotaKind, Quota['day']][] = [
    ['month', month],
    ['day', day],
    ['at_once', atOnce],
  ]
  const found = kinds.find(([, { used, limit }]) => used >= limit)
  if (!found) return undefined
  const [quota, { limit, used, resetsAt }] = found
  return { quota, limit, used, resetsAt: resetsAt ?? at }
}
