import { organizations, pipelineRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, exists, isNotNull, lt, or, sql } from 'drizzle-orm'
import type { PipelinesContext } from '../context.ts'
import { renewHold } from '../quotas/index.ts'
import { type HeldRun, LEASE_SECONDS, readRun, writeRun } from './run-row.ts'
import { closeSteps } from './step-log.ts'

/** Takes a run that waits, or whose worker is gone. Undefined when another worker has it, or it is over. */
export async function claimRun(ctx: PipelinesContext, runId: string): Promise<HeldRun | undefined> {
  const leaseToken = ctx.ids.uuid()
  const { state, leaseExpiresAt, attempt, startedAt } = pipelineRuns
  const claimed = await inTransaction(ctx.db, async (tx) => {
    const withWorkspace = tx
      .select({ id: organizations.id })
      .from(organizations)
      .where(and(eq(organizations.id, pipelineRuns.orgId), isNotNull(organizations.workspace)))
    const [run] = await tx
      .update(pipelineRuns)
      .set({
        ...{ state: 'running', leaseToken, leaseExpiresAt: sql`now() + ${LEASE_SECONDS} * interval '1 second'` },
        ...{
          attempt: sql`${attempt} + 1`,
          startedAt: sql`coalesce(${startedAt}, ${ctx.clock.now().toISOString()}::timestamptz)`,
        },
      })
      .where(
        and(
          eq(pipelineRuns.id, runId),
          or(eq(state, 'queued'), and(eq(state, 'running'), lt(leaseExpiresAt, sql`now()`))),
          exists(withWorkspace),
        ),
      )
      .returning({ id: pipelineRuns.id })
    if (run) await closeSteps(tx, { runId }, { status: 'interrupted', finishedAt: ctx.clock.now() })
    return run
  })
  return claimed && { ...(await readRun(ctx, runId)), leaseToken }
}

const BEAT_MS = (LEASE_SECONDS * 1000) / 4

/** Renews the lease and the place in the plan until the signal is aborted; `onLost` is called when another worker has the run. */
export async function keepHold(
  ctx: PipelinesContext,
  held: HeldRun,
  hold: { signal: AbortSignal; onLost(): void },
): Promise<void> {
  while (!hold.signal.aborted) {
    await ctx.clock.sleep(BEAT_MS, hold.signal)
    if (hold.signal.aborted) return
    try {
      await inTransaction(ctx.db, async (tx) => {
        await writeRun(tx, held, {})
        await renewHold(tx, { runId: held.run.id, at: ctx.clock.now() })
      })
    } catch (err) {
      if (hold.signal.aborted) return
      ctx.log.warn({ err, runId: held.run.id }, 'a pipeline run could not be renewed')
      if (err instanceof Error && 'code' in err && err.code === 'LOCK_LOST') return hold.onLost()
    }
  }
}
