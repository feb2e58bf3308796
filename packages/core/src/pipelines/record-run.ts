import { pipelineRuns, pipelineStepLogs } from '@gangway/db/schema'
import { and, asc, eq, gte, sql } from 'drizzle-orm'
import { z } from 'zod'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { PipelinesContext } from '../context.ts'
import type { WarehouseRow } from '../ports/index.ts'
import { periodsAt } from '../quotas/index.ts'
import { CHECK_NAMES } from './check-records.ts'
import { TARGET_TABLES } from './records.ts'
import { readRun, type RunOfOrg } from './run-row.ts'
import { withRetries } from './with-retries.ts'

export interface Outcome {
  status: 'SUCCEEDED' | 'FAILED'
  at: Date
  rowsLoaded: number | null
  signal: AbortSignal
}

/** The steps keep what the checks found here. */
const checkDetailSchema = z.object({
  results: z.array(
    z.object({
      ...{ targetTable: z.enum(TARGET_TABLES), checkName: z.enum(CHECK_NAMES), passed: z.boolean(), fatal: z.boolean() },
      ...{ rowsChecked: z.number(), rowsFailed: z.number(), detail: z.record(z.string(), z.unknown()) },
    }),
  ),
})

/**
 * Writes how a run ended into its workspace and into the meta tables: the run, its steps, what the checks found, and the
 * quota of the day. By load jobs named after the run and its outcome, so that a repeat adds no row.
 */
export async function recordRun(ctx: PipelinesContext, found: RunOfOrg, outcome: Outcome): Promise<void> {
  const { run, orgSlug, workspace } = found
  const { status, at, rowsLoaded } = outcome
  const shared = { org_slug: orgSlug, pipeline_run_id: run.id, recorded_at: at }
  const steps = await ctx.db
    .select()
    .from(pipelineStepLogs)
    .where(eq(pipelineStepLogs.runId, run.id))
    .orderBy(asc(pipelineStepLogs.attempt), asc(pipelineStepLogs.stepIndex))

  const runRow: WarehouseRow = {
    ...{ ...shared, provider: run.provider, pipeline: run.pipeline, trigger_kind: run.trigger.toUpperCase(), status },
    ...{ start_time: run.startedAt ?? run.createdAt, end_time: at, rows_loaded: rowsLoaded },
    ...{ error_code: run.failure?.code ?? null, error_id: run.failure?.errorId ?? null },
  }
  const stepRows = steps.map((step): WarehouseRow => {
    // The step that writes this is the only one which is still under way.
    const running = step.status === 'running'
    return {
      ...{ ...shared, step_index: step.stepIndex, step_name: step.step, error_code: step.errorCode },
      status: (running ? status : step.status).toUpperCase(),
      ...{
        start_time: step.startedAt,
        end_time: running ? at : step.finishedAt,
        detail: { attempt: step.attempt, ...step.detail },
      },
    }
  })
  const checks = steps.findLast(({ step, status: state }) => step === 'check' && state !== 'interrupted')
  const results = checkDetailSchema.safeParse(checks?.detail).data?.results ?? []
  const checkRows = results.map((result): WarehouseRow => ({
    ...{ ...shared, target_table: result.targetTable, check_name: result.checkName, passed: result.passed },
    ...{ rows_checked: result.rowsChecked, rows_failed: result.rowsFailed, detail: result.detail, ingestion_date: at },
  }))

  const quota = await quotaRow(ctx, found, outcome)

  const load = async (dataset: string, table: string, rows: WarehouseRow[]) => {
    if (rows.length === 0) return
    const job = { jobId: `pipeline-${run.id}-${status}-${table}`, rows }
    await withRetries(ctx, outcome.signal, () => ctx.warehouse.loadRows(dataset, table, job))
  }
  await Promise.all([
    load(workspace, 'pipeline_runs', [runRow]),
    load(workspace, 'pipeline_step_logs', stepRows),
    load(workspace, 'dq_results', checkRows),
    load(CENTRAL_DATASET, 'org_meta_pipeline_runs', [runRow]),
    load(CENTRAL_DATASET, 'org_meta_step_logs', stepRows),
    load(CENTRAL_DATASET, 'org_meta_dq_results', checkRows),
    load(CENTRAL_DATASET, 'org_usage_quotas', [quota]),
  ])
}

/** For runs that failed: their own steps could not be counted on any more. */
export async function recordFailedRun(ctx: PipelinesContext, { runId }: { runId: string }): Promise<void> {
  const found = await readRun(ctx, runId)
  if (found.run.state !== 'failed') return
  const { signal } = new AbortController()
  const at = found.run.finishedAt ?? ctx.clock.now()
  await recordRun(ctx, found, { status: 'FAILED', at, rowsLoaded: found.run.rowsLoaded, signal })
}

/** This run counts as what it is about to become. */
async function quotaRow(ctx: PipelinesContext, { run, orgSlug }: RunOfOrg, { status, at }: Outcome): Promise<WarehouseRow> {
  const { day, month } = periodsAt(at)
  const others = (condition: ReturnType<typeof sql>) =>
    sql<number>`(count(*) filter (where ${pipelineRuns.id} <> ${run.id} and ${condition}))::int`
  const today = sql`${pipelineRuns.createdAt} >= ${day.start.toISOString()}::timestamptz`
  const [counts] = await ctx.db
    .select({
      succeeded: others(sql`${today} and ${pipelineRuns.state} = 'succeeded'`),
      failed: others(sql`${today} and ${pipelineRuns.state} = 'failed'`),
      running: others(sql`${today} and ${pipelineRuns.state} in ('queued', 'running')`),
      month: others(sql`${pipelineRuns.state} <> 'failed'`),
    })
    .from(pipelineRuns)
    .where(and(eq(pipelineRuns.orgId, run.orgId), gte(pipelineRuns.createdAt, month.start)))
  const isToday = run.createdAt >= day.start
  const own = (state: Outcome['status']) => (isToday && status === state ? 1 : 0)
  const succeeded = (counts?.succeeded ?? 0) + own('SUCCEEDED')
  const failed = (counts?.failed ?? 0) + own('FAILED')
  return {
    ...{ org_slug: orgSlug, usage_date: at, created_at: at },
    ...{ pipelines_run: succeeded + failed + (counts?.running ?? 0), pipelines_succeeded: succeeded, pipelines_failed: failed },
    pipelines_run_this_month: (counts?.month ?? 0) + (status === 'SUCCEEDED' ? 1 : 0),
  }
}
