import { onboardingRuns, onboardingStageEvents } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { RunFailure, StageId, StageStatus } from '@gangway/schemas/provisioning'
import { and, eq, sql } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { applyEffect, type Effect } from './effects.ts'
import { type Lease, lockLost, releaseLock } from './lock.ts'

export type Run = typeof onboardingRuns.$inferSelect
export type RunPatch = Partial<
  Pick<Run, 'state' | 'stagesCompleted' | 'orgId' | 'workspace' | 'slug' | 'failure' | 'nextAttemptAt' | 'sweeps' | 'startedAt' | 'finishedAt'>
>

export interface StageEvent {
  stage: StageId
  status: StageStatus
  attempt: number
  detail?: Record<string, unknown>
  failure?: RunFailure
}

/** One step of a run: what happened, what the run becomes, what else changes. All of it or nothing is written. */
export interface Step {
  events: StageEvent[]
  patch?: RunPatch
  effects?: Effect[]
  /** The run needs no holder after this step. */
  release?: boolean
}

/** Writes one step in one transaction and answers the run as it is now. Throws LOCK_LOST once a newer token exists. */
export async function record(ctx: ProvisioningContext, hold: { run: Run; lease: Lease }, step: Step): Promise<Run> {
  const run = await inTransaction(ctx.db, (tx) => writeStep(tx, ctx, { ...hold, step }))
  ctx.wakeups.wake(run.id)
  return run
}

/** The same inside a transaction of the caller's, who wakes the streams after its commit. */
export async function writeStep(tx: Tx, ctx: ProvisioningContext, write: { run: Run; lease: Lease; step: Step }): Promise<Run> {
  const { run, lease, step } = write
  // The row lock that this takes makes `seq` count up by one, and puts a holder that was replaced behind its successor.
  const [updated] = await tx
    .update(onboardingRuns)
    .set({ ...step.patch, lastSeq: sql`${onboardingRuns.lastSeq} + ${step.events.length}`, updatedAt: sql`now()` })
    .where(
      and(
        eq(onboardingRuns.id, run.id),
        eq(onboardingRuns.fencingToken, lease.fencingToken),
        eq(onboardingRuns.stagesCompleted, run.stagesCompleted),
      ),
    )
    .returning()
  if (!updated) return confirmWritten(tx, write)
  for (const effect of step.effects ?? []) await applyEffect(tx, ctx, effect)
  const first = updated.lastSeq - step.events.length + 1
  if (step.events.length > 0) {
    await tx.insert(onboardingStageEvents).values(
      step.events.map((event, index) => ({
        runId: run.id,
        seq: first + index,
        stage: event.stage,
        status: event.status,
        attempt: event.attempt,
        runState: updated.state,
        detail: event.detail ?? {},
        failure: event.failure ?? null,
        errorCode: event.failure?.code ?? null,
        errorId: event.failure?.errorId ?? null,
      })),
    )
  }
  if (step.release) await releaseLock(tx, lease)
  return updated
}

/** A commit whose reply was lost is repeated, and finds its own work done; anything else means that the lock is gone. */
async function confirmWritten(tx: Tx, { run, lease, step }: { run: Run; lease: Lease; step: Step }): Promise<Run> {
  const [current] = await tx.select().from(onboardingRuns).where(eq(onboardingRuns.id, run.id))
  const wanted = step.patch?.stagesCompleted
  if (current && wanted !== undefined && current.fencingToken === lease.fencingToken && current.stagesCompleted === wanted) return current
  throw lockLost()
}
