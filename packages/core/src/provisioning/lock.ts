import { onboardingLocks } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { and, eq, sql } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

/** The right to advance one run, until it expires. Every write of the run carries the token. */
export interface Lease {
  lockId: string
  fencingToken: number
}

export function lockIdOf(checkoutSessionId: string): string {
  return `onboarding_${checkoutSessionId}`
}

/**
 * Takes the lock when nobody holds it, and takes it over with a higher token when it has expired; null when somebody
 * else holds it. The database's clock decides, so that no process's clock has to be right.
 */
export async function acquireLock(tx: Tx, ctx: ProvisioningContext, checkoutSessionId: string): Promise<Lease | null> {
  const { holder, lockTtlMs } = ctx.settings
  const expiresAt = sql`now() + ${lockTtlMs} * interval '1 millisecond'`
  const [row] = await tx
    .insert(onboardingLocks)
    .values({
      lockId: lockIdOf(checkoutSessionId),
      checkoutSessionId,
      holder,
      fencingToken: sql`nextval('onboarding_fencing_tokens')`,
      expiresAt,
    })
    .onConflictDoUpdate({
      target: onboardingLocks.lockId,
      set: {
        holder,
        fencingToken: sql`excluded.fencing_token`,
        acquiredAt: sql`now()`,
        heartbeatAt: sql`now()`,
        expiresAt,
      },
      setWhere: sql`${onboardingLocks.expiresAt} < now()`,
    })
    .returning({ lockId: onboardingLocks.lockId, fencingToken: onboardingLocks.fencingToken })
  return row ?? null
}

/** Affects no row once a newer token exists. */
export async function releaseLock(tx: Tx, lease: Lease): Promise<void> {
  await tx.delete(onboardingLocks).where(isHeldBy(lease))
}

/** Renews the lease until the signal is aborted; `onLost` is called when somebody else has it. */
export async function keepAlive(ctx: ProvisioningContext, lease: Lease, hold: { signal: AbortSignal; onLost: () => void }): Promise<void> {
  const { heartbeatMs, lockTtlMs } = ctx.settings
  while (!hold.signal.aborted) {
    await ctx.clock.sleep(heartbeatMs, hold.signal)
    if (hold.signal.aborted) return
    try {
      const renewed = await ctx.db
        .update(onboardingLocks)
        .set({ heartbeatAt: sql`now()`, expiresAt: sql`now() + ${lockTtlMs} * interval '1 millisecond'` })
        .where(isHeldBy(lease))
        .returning({ lockId: onboardingLocks.lockId })
      if (renewed.length === 0 && !hold.signal.aborted) return hold.onLost()
    } catch (error) {
      // The token protects the run; a heartbeat that fails only brings the takeover closer.
      ctx.log.warn({ err: error, lockId: lease.lockId }, 'heartbeat failed')
    }
  }
}

function isHeldBy(lease: Lease) {
  return and(eq(onboardingLocks.lockId, lease.lockId), eq(onboardingLocks.fencingToken, lease.fencingToken))
}

export function lockLost(): GangwayError {
  return new GangwayError('LOCK_LOST')
}
