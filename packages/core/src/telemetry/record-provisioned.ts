import { onboardingRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { recordFact } from './record-fact.ts'

/** A payer's tenant works. For the worker, after the run: its last stage waits for nothing that is only counted. */
export async function recordProvisioned(ctx: BaseContext, { runId, at }: { runId: string; at: Date }): Promise<void> {
  const [run] = await ctx.db
    .select({ userId: onboardingRuns.userId, plan: onboardingRuns.plan })
    .from(onboardingRuns)
    .where(and(eq(onboardingRuns.id, runId), eq(onboardingRuns.origin, 'checkout')))
  if (!run) return
  const { userId, plan } = run
  await inTransaction(ctx.db, (tx) => recordFact(tx, { name: 'provisioned', of: runId, userId, at, props: { plan } }))
}
