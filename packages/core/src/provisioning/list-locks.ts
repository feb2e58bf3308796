import { onboardingLocks as locks, onboardingRuns as runs } from '@gangway/db/schema'
import type { Lock } from '@gangway/schemas/runs'
import { asc, eq, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

const OLDEST = 200

/** The 200 oldest locks, oldest first. */
export async function listLocks(ctx: BaseContext): Promise<Lock[]> {
  const rows = await selectLocks(ctx).orderBy(asc(locks.acquiredAt), asc(locks.lockId)).limit(OLDEST)
  return rows
}

/** The lock of one run; null when nobody holds it. */
export async function lockOf(ctx: BaseContext, checkoutSessionId: string): Promise<Lock | null> {
  const [lock] = await selectLocks(ctx).where(eq(locks.checkoutSessionId, checkoutSessionId))
  return lock ?? null
}

function selectLocks(ctx: BaseContext) {
  return ctx.db
    .select({
      lockId: locks.lockId,
      checkoutSessionId: locks.checkoutSessionId,
      run: { id: runs.id, slug: runs.slug, state: runs.state },
      holder: locks.holder,
      fencingToken: locks.fencingToken,
      acquiredAt: locks.acquiredAt,
      heartbeatAt: locks.heartbeatAt,
      expiresAt: locks.expiresAt,
      ageMs: sql<number>`(extract(epoch from now() - ${locks.acquiredAt}) * 1000)::float8`,
      expired: sql<boolean>`${locks.expiresAt} < now()`,
    })
    .from(locks)
    .leftJoin(runs, eq(runs.checkoutSessionId, locks.checkoutSessionId))
    .$dynamic()
}
