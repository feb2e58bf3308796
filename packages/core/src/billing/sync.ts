import { organizations, subscriptions } from '@gangway/db/schema'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { BillingContext } from '../context.ts'
import { ofProvider, syncOne, type SyncResult, TENANT_SUBSCRIPTION, type TenantSubscription } from './sync-subscription.ts'

export interface BillingSync {
  checked: number
  repaired: number
  /** The provider knows nothing of so many: each is in the log. */
  missing: number
  /** So many could not be asked about: the next sync will. */
  failed: number
}

/** So many are asked about at once; the adapter keeps to the provider's pace. */
const PAGE = 25

/**
 * Compares every subscription with the provider, which is right: status, plan and its id there. Any number of processes may
 * do so, any number of times. Throws what the provider throws when it answers nothing at all any more.
 */
export async function syncBilling(ctx: BillingContext): Promise<BillingSync> {
  const total: BillingSync = { checked: 0, repaired: 0, missing: 0, failed: 0 }
  for (let page = await readPage(ctx); page.length > 0; page = await readPage(ctx, page.at(-1))) {
    const results = await Promise.allSettled(page.map((known) => syncOne(ctx, known)))
    const failures = results.flatMap((result, index) => (result.status === 'rejected' ? [{ ...result, of: page[index] }] : []))
    for (const { reason, of } of failures) ctx.log.error({ err: reason, orgId: of?.orgId }, 'a subscription could not be checked')
    const [first] = failures
    if (first && failures.length === page.length) throw first.reason
    total.checked += page.length
    total.failed += failures.length
    total.repaired += count(results, 'repaired')
    total.missing += count(results, 'missing')
  }
  return total
}

function readPage(ctx: BillingContext, last?: TenantSubscription): Promise<TenantSubscription[]> {
  return ctx.db
    .select(TENANT_SUBSCRIPTION)
    .from(subscriptions)
    .innerJoin(organizations, eq(organizations.id, subscriptions.orgId))
    .where(and(ofProvider(ctx.billing.provider), last && gt(subscriptions.id, last.id)))
    .orderBy(asc(subscriptions.id))
    .limit(PAGE)
}

function count(results: readonly PromiseSettledResult<SyncResult>[], wanted: SyncResult): number {
  return results.filter((result) => result.status === 'fulfilled' && result.value === wanted).length
}
