import { integrationCredentials } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { inArray, lte } from 'drizzle-orm'
import type { IntegrationsContext } from '../context.ts'
import { CHECK_EVERY_MS } from './check-health.ts'

const AT_ONCE = 100

/** Queues the daily check of the integrations that are due. Of several processes, one queues each. */
export async function enqueueDueChecks(ctx: IntegrationsContext): Promise<number> {
  const now = ctx.clock.now()
  const { id, nextCheckAt } = integrationCredentials
  return inTransaction(ctx.db, async (tx) => {
    const due = await tx
      .select({ id })
      .from(integrationCredentials)
      .where(lte(nextCheckAt, now))
      .orderBy(nextCheckAt)
      .limit(AT_ONCE)
      .for('update', { skipLocked: true })
    if (due.length === 0) return 0
    const ids = due.map((row) => row.id)
    const nextTime = new Date(now.getTime() + CHECK_EVERY_MS)
    await tx.update(integrationCredentials).set({ nextCheckAt: nextTime }).where(inArray(id, ids))
    await ctx.jobs.enqueueAll(
      tx,
      ids.map((integrationId) => ({ name: 'integrations.check', payload: { integrationId } })),
    )
    return ids.length
  })
}
