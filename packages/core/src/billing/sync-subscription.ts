import { auditLog, organizations, subscriptions } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { PLANS } from '@gangway/schemas/plans'
import { and, eq, ne, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { BillingContext } from '../context.ts'
import { askProvider, factsOf, type KnownSubscription, repairOf, type SubscriptionFacts } from './compare.ts'

export interface TenantSubscription extends KnownSubscription {
  orgId: string
  slug: string
  /** The warehouse knows the organization. */
  isOnboarded: boolean
}

/** `missing`: the provider knows nothing of it, which nobody can repair but a person. */
export type SyncResult = 'same' | 'repaired' | 'missing'

/** Those of this provider; not those of organizations that were given up, which are being ended. */
export function ofProvider(provider: string) {
  return and(eq(subscriptions.provider, provider), ne(organizations.status, 'abandoned'))
}

export const TENANT_SUBSCRIPTION = {
  id: subscriptions.id,
  checkoutSessionId: subscriptions.checkoutSessionId,
  plan: subscriptions.plan,
  status: subscriptions.status,
  providerSubscriptionId: subscriptions.providerSubscriptionId,
  orgId: subscriptions.orgId,
  slug: organizations.slug,
  isOnboarded: sql<boolean>`${organizations.status} = 'onboarded'`,
} as const

/** The same for the one subscription that the provider has told us about. Nothing where it is none of ours. */
export async function syncSubscription(ctx: BillingContext, { subscriptionId }: { subscriptionId: string }): Promise<void> {
  const [known] = await ctx.db
    .select(TENANT_SUBSCRIPTION)
    .from(subscriptions)
    .innerJoin(organizations, eq(organizations.id, subscriptions.orgId))
    .where(and(eq(subscriptions.providerSubscriptionId, subscriptionId), ofProvider(ctx.billing.provider)))
  if (known) await syncOne(ctx, known)
}

/** The warehouse first, by a load that a repeat does not repeat; then Postgres, unless somebody else has been there. */
export async function syncOne(ctx: BillingContext, known: TenantSubscription): Promise<SyncResult> {
  const found = await askProvider(ctx.billing, known)
  if (!found) {
    ctx.log.warn({ orgId: known.orgId, checkoutSessionId: known.checkoutSessionId }, 'the provider knows no such subscription')
    return 'missing'
  }
  const right = repairOf(known, found)
  if (!right) return 'same'
  if (known.isOnboarded && (right.plan !== known.plan || right.status !== known.status)) await tellWarehouse(ctx, known, right)
  return (await repair(ctx, known, right)) ? 'repaired' : 'same'
}

async function tellWarehouse(ctx: BillingContext, known: TenantSubscription, right: SubscriptionFacts): Promise<void> {
  const { runsPerDay, runsPerMonth, runsAtOnce } = PLANS[right.plan].limits
  const row = {
    ...{ org_slug: known.slug, plan_name: right.plan, status: right.status.toUpperCase() },
    ...{ daily_limit: runsPerDay, monthly_limit: runsPerMonth, concurrent_limit: runsAtOnce },
    ...{ provider: ctx.billing.provider, provider_subscription_id: right.providerSubscriptionId },
    created_at: ctx.clock.now(),
  }
  // Named after the repair before it, so that the same change later on is another load.
  const jobId = `subscription-${known.id}-${await lastRepair(ctx, known.id)}-${right.plan}-${right.status}`
  await ctx.warehouse.loadRows(CENTRAL_DATASET, 'org_subscriptions', { jobId, rows: [row] })
}

async function lastRepair({ db }: BillingContext, id: string): Promise<number> {
  const [last] = await db
    .select({ id: sql<number>`coalesce(max(${auditLog.id}), 0)::int` })
    .from(auditLog)
    .where(and(eq(auditLog.subjectType, 'subscription'), eq(auditLog.subjectId, id)))
  return last?.id ?? 0
}

function repair(ctx: BillingContext, known: TenantSubscription, right: SubscriptionFacts): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const { plan, status, providerSubscriptionId } = subscriptions
    const repaired = await tx
      .update(subscriptions)
      .set(right)
      .where(
        and(
          ...[eq(subscriptions.id, known.id), eq(plan, known.plan), eq(status, known.status)],
          sql`${providerSubscriptionId} is not distinct from ${known.providerSubscriptionId}`,
        ),
      )
      .returning({ id: subscriptions.id })
    if (repaired.length === 0) return false
    await recordAudit(tx, {
      ...{ actorId: null, at: ctx.clock.now(), action: 'subscription.repaired' },
      subject: { type: 'subscription', id: known.id },
      detail: { orgId: known.orgId, slug: known.slug, was: factsOf(known), is: right },
    })
    return true
  })
}
