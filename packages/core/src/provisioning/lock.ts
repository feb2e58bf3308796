import { onboardingLocks } from '@gangway/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

/**
 * The right to advance one run, until it expires. `open_runs` gives it, and takes it over with a higher token once it has
 * expired; every write of the run carries the token, and `write_run_steps` lets none through that is not the newest.
 * The database's clock decides, so that no process's clock has to be right.
 */
export interface Lease {
  lockId: string
  fencingToken: number
}

export function lockIdOf(checkoutSessionId: string): string {
  return `onboarding_${checkoutSessionId}`
}

/** Renews the lease until the signal is aborted; `onLost` is called when somebody else has it. */
export async function keepAlive(
  ctx: ProvisioningContext,
  lease: Lease,
  hold: { signal: AbortSignal; onLost: () => void },
): Promise<void> {
  const { heartbeatMs, lockTtlMs } = ctx.settings
  while (!hold.signal.aborted) {
    await ctx.clock.sleep(heartbeatMs, hold.signal)
    if (hold.signal.aborted) return
    try {
      const renewed = await ctx.db
        .update(onboardingLocks)
        .set({ heartbeatAt: sql`now()`, expiresAt: sql`now() + ${lockTtlMs} * interval '1 millisecond'` })
        .where(and(eq(onboardingLocks.lockId, lease.lockId), eq(onboardingLocks.fencingToken, lease.fencingToken)))
        .returning({ lockId: onboardingLocks.lockId })
      if (renewed.length === 0 && !hold.signal.aborted) return hold.onLost()
    } catch (error) {
      // The token protects the run; a heartbeat that fails only brings the takeover closer.
      ctx.log.warn({ err: error, lockId: lease.lockId }, 'heartbeat failed')
    }
  }
}

export function lockLost(): GangwayError {
  return new GangwayError('LOCK_LOST')
}
