import { onboardingRuns } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Clock } from '../ports/clock.ts'

/** Lets the sweeper take up at once what stopped because the warehouse was not set up. Answers how many runs. */
export async function resumeWaitingRuns(tx: Tx, { clock }: { clock: Clock }): Promise<number> {
  const now = clock.now()
  const { state, failure, nextAttemptAt } = onboardingRuns
  const resumed = await tx
    .update(onboardingRuns)
    .set({ nextAttemptAt: now, updatedAt: sql`now()` })
    .where(
      and(
        eq(state, 'failed'),
        eq(sql`${failure} ->> 'code'`, 'SYSTEM_NOT_READY'),
        // One that the sweeper has given up on has no next attempt; one that is due needs no help.
        or(isNull(nextAttemptAt), gt(nextAttemptAt, now)),
      ),
    )
    .returning({ id: onboardingRuns.id })
  return resumed.length
}
