import { quotaReservations } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { and, eq, gt } from 'drizzle-orm'
import { HOLD_MS } from './reserve.ts'

/** Keeps a run's place for a while longer. False when it has expired, and may be somebody else's by now. */
export async function renewHold(tx: Tx, { runId, at }: { runId: string; at: Date }): Promise<boolean> {
  const renewed = await tx
    .update(quotaReservations)
    .set({ expiresAt: new Date(at.getTime() + HOLD_MS) })
    .where(and(eq(quotaReservations.runId, runId), eq(quotaReservations.state, 'held'), gt(quotaReservations.expiresAt, at)))
    .returning({ runId: quotaReservations.runId })
  return renewed.length > 0
}

/** `used` for a run that succeeded; a run that failed gives its place back. A second call changes nothing. */
export async function settleQuota(tx: Tx, { runId, state }: { runId: string; state: 'used' | 'released' }): Promise<void> {
  await tx
    .update(quotaReservations)
    .set({ state })
    .where(and(eq(quotaReservations.runId, runId), eq(quotaReservations.state, 'held')))
}
