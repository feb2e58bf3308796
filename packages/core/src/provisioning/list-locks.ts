import { onboardingLocks as locks, onboardingRuns as runs } from '@gangway/db/schema'
import { inSnapshot, type Tx } from '@gangway/db/transaction'
import type { Lock } from '@gangway/schemas/runs'
import { asc, eq, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

const OLDEST = 200

/** The 200 oldest locks, oldest first. */
export function listLocks(ctx: BaseContext): Promise<Lock[]> {
  return inSnapshot(ctx.db, (tx) => selectLocks(tx).orderBy(asc(locks.acquiredAt), asc(locks.lockId)).limit(OLDEST))
}

/** The lock of one run; null when nobody holds it. */
export async function lockOf(tx: Tx, checkoutSessionId: string): Promise<Lock | null> {
  const [lock] = await selectLocks(tx).where(eq(locks.checkoutSessionId, checkoutSessionId))
  return lock ?? null
}

function selectLocks(tx: Tx) {
  return tx
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
