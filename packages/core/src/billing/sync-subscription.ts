import { auditLog, organizations, subscriptions } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { PLANS } from '@gangway/schemas/plans'
import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { BillingContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { askProvider, factsOf, type KnownSubscription, repairOf, type SubscriptionFacts } from './compare.ts'

export interface TenantSubscription extends KnownSubscription {
  orgId: string
  slug: string
  /** The warehouse knows the organization. */
  isOnboarded: boolean
  /** The repair that it comes from, as the audit log has it; '0' for none. */
  lastRepair: string
}

/** `missing`: the provider knows nothing of it, which nobody can repair but a person. */
export type SyncResult = 'same' | 'repaired' | 'missing'

/** Those of this provider; not those of organizations that were given up, which are being ended. */
export function ofProvider(provider: string) {
  return and(eq(subscriptions.provider, provider), ne(organizations.status, 'abandoned'))
}

const LAST_REPAIR = sql<string>`(
  select coalesce(max(${auditLog.id}), 0)::text from ${auditLog}
  where ${auditLog.subjectType} = 'subscription' and ${auditLog.subjectId} = ${subscriptions.id}::text)`

export const TENANT_SUBSCRIPTION = {
  id: subscriptions.id,
  checkoutSessionId: subscriptions.checkoutSessionId,
  plan: subscriptions.plan,
  status: subscriptions.status,
  providerSubscriptionId: subscriptions.providerSubscriptionId,
  orgId: subscriptions.orgId,
  slug: organizations.slug,
  isOnboarded: sql<boolean>`${organizations.status} = 'onboarded'`,
  lastRepair: LAST_REPAIR,
} as const

/** So often one can be found changed by somebody else, meanwhile. */
const LOOKS = 3

/** The same for the one subscription that the provider has told us about. Nothing where it is none of ours. */
export async function syncSubscription(ctx: BillingContext, { subscriptionId }: { subscriptionId: string }): Promise<void> {
  const known = await find(ctx, eq(subscriptions.providerSubscriptionId, subscriptionId))
  if (known) await syncOne(ctx, known)
}

async function find(ctx: BillingContext, which: SQL): Promise<TenantSubscription | undefined> {
  const [known] = await ctx.db
    .select(TENANT_SUBSCRIPTION)
    .from(subscriptions)
    .innerJoin(organizations, eq(organizations.id, subscriptions.orgId))
    .where(and(which, ofProvider(ctx.billing.provider)))
  return known
}

/**
 * The warehouse first, by a load that a repeat does not repeat; then Postgres, unless somebody else has been there: what
 * they have done is looked at again, and the warehouse told where it heard something else from here. Throws
 * DATABASE_CONFLICT when that does not end.
 */
export async function syncOne(ctx: BillingContext, seen: TenantSubscription): Promise<SyncResult> {
  let known: TenantSubscription | undefined = seen
  let told: SubscriptionFacts = seen
  for (let look = 1; known && look <= LOOKS; look++) {
    const askedAt = ctx.clock.now()
    const found = await askProvider(ctx.billing, known)
    if (!found) {
      ctx.log.warn({ orgId: known.orgId, checkoutSessionId: known.checkoutSessionId }, 'the provider knows no such subscription')
      return 'missing'
    }
    const repaired = repairOf(known, found)
    const right = repaired ?? known
    // It has heard from us, and perhaps from somebody else.
    if (known.isOnboarded && !(isSame(right, known) && isSame(right, told))) await tellWarehouse(ctx, known, { right, askedAt })
    if (!repaired) return 'same'
    if (await repair(ctx, known, repaired)) return 'repaired'
    told = repaired
    known = await find(ctx, eq(subscriptions.id, known.id))
  }
  // It is being ended.
  if (!known) return 'same'
  throw new GangwayError('DATABASE_CONFLICT')
}

/** For the warehouse. */
function isSame(one: SubscriptionFacts, other: SubscriptionFacts): boolean {
  return one.plan === other.plan && one.status === other.status
}

interface Answer {
  right: SubscriptionFacts
  askedAt: Date
}

async function tellWarehouse(ctx: BillingContext, known: TenantSubscription, { right, askedAt }: Answer): Promise<void> {
  const { runsPerDay, runsPerMonth, runsAtOnce } = PLANS[right.plan].limits
  const row = {
    ...{ org_slug: known.slug, plan_name: right.plan, status: right.status.toUpperCase() },
    ...{ daily_limit: runsPerDay, monthly_limit: runsPerMonth, concurrent_limit: runsAtOnce },
    ...{ provider: ctx.billing.provider, provider_subscription_id: right.providerSubscriptionId },
    // The newest row counts, and an answer is as old as its question.
    created_at: askedAt,
  }
  // Named after the repair before it: all who saw the same make one load, and the same change later on is another.
  const jobId = `subscription-${known.id}-${known.lastRepair}-${right.plan}-${right.status}`
  await ctx.warehouse.loadRows(CENTRAL_DATASET, 'org_subscriptions', { jobId, rows: [row] })
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
          // There and back again is not the same.
          eq(LAST_REPAIR, known.lastRepair),
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
