import { organizations, pipelineRuns } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { PipelineRun } from '@gangway/schemas/pipelines'
import { and, eq, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { codeNamed, describeCode, GangwayError } from '../errors/index.ts'

export type PipelineRunRow = typeof pipelineRuns.$inferSelect

export interface RunOfOrg {
  run: PipelineRunRow
  orgSlug: string
  /** The dataset. */
  workspace: string
}

/** Throws NOT_FOUND, also for an organization without a workspace. */
export async function readRun(ctx: Pick<BaseContext, 'db'>, runId: string): Promise<RunOfOrg> {
  const [found] = await ctx.db
    .select({ run: pipelineRuns, orgSlug: organizations.slug, workspace: organizations.workspace })
    .from(pipelineRuns)
    .innerJoin(organizations, eq(organizations.id, pipelineRuns.orgId))
    .where(eq(pipelineRuns.id, runId))
  if (!found?.workspace) throw new GangwayError('NOT_FOUND')
  return { ...found, workspace: found.workspace }
}

export function runView(run: PipelineRunRow, orgSlug: string): PipelineRun {
  const { id, provider, pipeline, trigger, state, rowsLoaded, createdAt, startedAt, finishedAt, failure } = run
  const range = { from: run.rangeFrom, to: run.rangeTo }
  return {
    ...{ id, orgSlug, provider, pipeline, trigger, state, range, rowsLoaded, createdAt, startedAt, finishedAt },
    failure: failure && { ...failure, message: describeCode(codeNamed(failure.code)).message },
  }
}

/** A run in the hands of one worker. */
export interface HeldRun extends RunOfOrg {
  leaseToken: string
}

/** Changes the run, unless another worker has it by now: then throws LOCK_LOST, and the transaction with it. */
export async function writeRun(
  tx: Tx,
  { run, leaseToken }: HeldRun,
  change: Partial<typeof pipelineRuns.$inferInsert>,
): Promise<PipelineRunRow> {
  const [written] = await tx
    .update(pipelineRuns)
    .set({ leaseExpiresAt: sql`now() + ${LEASE_SECONDS} * interval '1 second'`, ...change })
    .where(and(eq(pipelineRuns.id, run.id), eq(pipelineRuns.leaseToken, leaseToken), eq(pipelineRuns.state, 'running')))
    .returning()
  if (!written) throw new GangwayError('LOCK_LOST')
  return written
}

/** A worker that has not been heard of for so long is taken for dead. */
export const LEASE_SECONDS = 60
