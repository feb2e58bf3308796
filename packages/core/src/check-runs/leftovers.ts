import { onboardingRuns as runs } from '@gangway/db/schema'
import { and, eq, like, lt } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { isCheckTenant } from './check-tenant.ts'

/** A check that takes longer than this was killed. */
const OVER_AFTER_MS = 60 * 60 * 1000

/** The tenants that checks have left behind which could not clean up behind themselves, such as one that was killed. */
export async function findLeftovers({ db, clock }: BaseContext): Promise<string[]> {
  const before = new Date(clock.now().getTime() - OVER_AFTER_MS)
  const found = await db
    .select({ slug: runs.slug })
    .from(runs)
    .where(and(eq(runs.origin, 'operator'), like(runs.checkoutSessionId, String.raw`op\_e2e\_%`), lt(runs.createdAt, before)))
  return found.map(({ slug }) => slug).filter(isCheckTenant)
}
