import { integrationCredentials, organizations, pipelineRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, lte, or, sql } from 'drizzle-orm'
import type { PipelinesContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { nextHour } from '../integrations/index.ts'
import { runPipeline } from './run-pipeline.ts'
import { startRun } from './start-run.ts'

const AT_ONCE = 20

/** Starts the daily runs that are due. Whoever moves a schedule on starts its run: of several processes, one does. */
export async function startScheduledRuns(ctx: PipelinesContext): Promise<number> {
  const { id, nextRunAt, scheduleHour, orgId, provider } = integrationCredentials
  const now = ctx.clock.now()
  const due = await ctx.db
    .select({ id, nextRunAt, hour: scheduleHour, orgId, provider, orgSlug: organizations.slug })
    .from(integrationCredentials)
    .innerJoin(organizations, eq(organizations.id, orgId))
    .where(and(lte(nextRunAt, now), eq(organizations.status, 'onboarded')))
    .orderBy(nextRunAt)
    .limit(AT_ONCE)
  const started = await Promise.all(due.map((integration) => startScheduled(ctx, integration, now)))
  return started.filter(Boolean).length
}

interface Due {
  id: string
  nextRunAt: Date | null
  hour: number | null
  orgId: string
  provider: typeof integrationCredentials.$inferSelect.provider
  orgSlug: string
}

async function startScheduled(ctx: PipelinesContext, due: Due, now: Date): Promise<boolean> {
  const { id, hour, orgId, orgSlug, provider } = due
  if (due.nextRunAt === null || hour === null) return false
  const seen = due.nextRunAt
  return inTransaction(ctx.db, async (tx) => {
    const moved = await tx
      .update(integrationCredentials)
      .set({ nextRunAt: nextHour(hour, now) })
      .where(and(eq(integrationCredentials.id, id), eq(integrationCredentials.nextRunAt, seen)))
      .returning({ id: integrationCredentials.id })
    if (moved.length === 0) return false
    const caller = { kind: 'schedule' as const, orgId, orgSlug }
    try {
      await tx.transaction((inner) => startRun(ctx, inner, { caller, orgSlug, provider, pipeline: 'usage-sync' }))
      return true
    } catch (err) {
      // A plan without places for today waits for tomorrow; whatever else has failed is tried again by the next sweep.
      if (!(err instanceof GangwayError)) throw err
      ctx.log.warn({ err, orgId, provider }, 'a scheduled run did not start')
      return false
    }
  })
}

export interface PipelineSweep {
  /** How many runs are taken up now. */
  taken: number
  /** Resolves, and never rejects, when this process has no more to do for them. */
  settled: Promise<void>
}

/** Takes up runs whose worker is gone, and those that still wait after two minutes although a job was queued for them. */
export async function resumePipelines(ctx: PipelinesContext): Promise<PipelineSweep> {
  const { id, state, leaseExpiresAt, createdAt } = pipelineRuns
  const stranded = await ctx.db
    .select({ id })
    .from(pipelineRuns)
    .where(
      or(
        and(eq(state, 'running'), lte(leaseExpiresAt, sql`now()`)),
        and(eq(state, 'queued'), lte(createdAt, sql`now() - interval '2 minutes'`)),
      ),
    )
    .limit(AT_ONCE)
  const running = stranded.map(({ id: runId }) =>
    runPipeline(ctx, { runId }).catch((err: unknown) => ctx.log.error({ err, runId }, 'a pipeline run could not be taken up')),
  )
  return { taken: running.length, settled: Promise.all(running).then(() => {}) }
}
