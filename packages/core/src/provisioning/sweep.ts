import { keyReveals, onboardingLocks, onboardingRuns } from '@gangway/db/schema'
import { and, eq, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { fulfil } from './fulfil.ts'

/** Runs taken up by one sweep, so that one process does not take all. */
const AT_ONCE = 20

/**
 * Takes up what stands still: runs whose holder died, transient failures whose pause is over, payments that may have
 * cleared. Any number of processes may sweep: the lock decides. Answers how many runs it advanced.
 */
export async function sweep(ctx: ProvisioningContext): Promise<number> {
  await forgetExpiredReveals(ctx)
  const due = await ctx.db
    .select({ checkoutSessionId: onboardingRuns.checkoutSessionId })
    .from(onboardingRuns)
    .leftJoin(onboardingLocks, eq(onboardingLocks.checkoutSessionId, onboardingRuns.checkoutSessionId))
    .where(
      and(
        or(isNull(onboardingLocks.lockId), lt(onboardingLocks.expiresAt, sql`now()`)),
        or(
          inArray(onboardingRuns.state, ['pending', 'running']),
          and(inArray(onboardingRuns.state, ['failed', 'awaiting_payment']), lte(onboardingRuns.nextAttemptAt, ctx.clock.now())),
        ),
      ),
    )
    .limit(AT_ONCE)
  const parts = await Promise.all(due.map(({ checkoutSessionId }) => resume(ctx, checkoutSessionId)))
  return parts.filter((part) => part === 'started').length
}

async function resume(ctx: ProvisioningContext, checkoutSessionId: string): Promise<string> {
  try {
    const { part, settled } = await fulfil(ctx, { checkoutSessionId, resume: true })
    await settled
    return part
  } catch (error) {
    ctx.log.error({ err: error, checkoutSessionId }, 'a run could not be resumed')
    return 'failed'
  }
}

/** A ciphertext has no business after its time. */
async function forgetExpiredReveals(ctx: ProvisioningContext): Promise<void> {
  await ctx.db
    .update(keyReveals)
    .set({ sealed: null })
    .where(and(isNotNull(keyReveals.sealed), lt(keyReveals.expiresAt, sql`now()`)))
}
