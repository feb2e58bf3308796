import { exposures } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { BaseContext } from '../context.ts'
import { findOrCreateSession } from './session-row.ts'

/**
 * A person sees a step: from now on they count for the variant that their session is in. Only the first view of a
 * session is kept; a repeat changes nothing.
 */
export async function recordExposure(ctx: BaseContext, { userId, step }: { userId: string; step: string }): Promise<void> {
  const at = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    const { id: sessionId, manifestVersion, variant, status } = await findOrCreateSession(tx, { userId, at })
    if (status === 'completed') return
    await tx.insert(exposures).values({ sessionId, userId, manifestVersion, variant, step, at }).onConflictDoNothing()
  })
}
