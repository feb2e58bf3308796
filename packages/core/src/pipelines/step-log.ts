import { pipelineStepLogs } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { PIPELINE_STEP_IDS, type PipelineStepId } from '@gangway/schemas/pipelines'
import { and, eq } from 'drizzle-orm'
import type { PipelinesContext } from '../context.ts'
import { type HeldRun, writeRun } from './run-row.ts'

type Detail = Record<string, unknown>

/** From 1. */
function stepIndex(step: PipelineStepId): number {
  return PIPELINE_STEP_IDS.indexOf(step) + 1
}

/** Steps that were done before a worker came to the run, as its attempt 0. */
export async function logStarted(
  tx: Tx,
  { runId, at }: { runId: string; at: Date },
  steps: readonly [PipelineStepId, Detail][],
): Promise<void> {
  await tx.insert(pipelineStepLogs).values(
    steps.map(([step, detail]) => ({
      ...{ runId, attempt: 0, stepIndex: stepIndex(step), step, detail },
      ...{ status: 'succeeded' as const, startedAt: at, finishedAt: at },
    })),
  )
}

export interface StepOutcome<Result> {
  result: Result
  detail: Detail
}

/** Does one step of a run and logs when it began, when it ended and what it says of itself. Its failure is logged by whoever fails the run. */
export async function performStep<Result>(
  ctx: PipelinesContext,
  { held, step }: { held: HeldRun; step: PipelineStepId },
  work: () => Promise<StepOutcome<Result>>,
): Promise<Result> {
  const { id: runId, attempt } = held.run
  await openStep(ctx, { held, step })
  const { result, detail } = await work()
  await inTransaction(ctx.db, async (tx) => {
    await writeRun(tx, held, {})
    await closeSteps(tx, { runId, attempt }, { status: 'succeeded', finishedAt: ctx.clock.now(), detail })
  })
  return result
}

export async function openStep(ctx: PipelinesContext, { held, step }: { held: HeldRun; step: PipelineStepId }): Promise<void> {
  const { id: runId, attempt } = held.run
  await inTransaction(ctx.db, async (tx) => {
    await writeRun(tx, held, {})
    const started = { runId, attempt, stepIndex: stepIndex(step), step, status: 'running' as const, startedAt: ctx.clock.now() }
    await tx.insert(pipelineStepLogs).values(started)
  })
}

/** The step of an attempt that is under way, if there is one. */
export async function closeSteps(
  tx: Tx,
  { runId, attempt }: { runId: string; attempt?: number },
  end: Partial<typeof pipelineStepLogs.$inferInsert>,
): Promise<void> {
  const { runId: ofRun, attempt: ofAttempt, status } = pipelineStepLogs
  await tx
    .update(pipelineStepLogs)
    .set(end)
    .where(and(eq(ofRun, runId), attempt === undefined ? undefined : eq(ofAttempt, attempt), eq(status, 'running')))
}
