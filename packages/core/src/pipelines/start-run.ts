import { integrationCredentials, organizations, pipelineRuns } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { type ProviderId, PROVIDERS } from '@gangway/schemas/integrations'
import type { DayRange, PipelineId, PipelineRun } from '@gangway/schemas/pipelines'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { PipelinesContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { type ApiKeyCaller, requireScope } from '../keys/index.ts'
import type { MemberCaller } from '../organizations/index.ts'
import { reserveQuota } from '../quotas/index.ts'
import { dayOf, lastCompleteDays } from './days.ts'
import { runView } from './run-row.ts'
import { logStarted } from './step-log.ts'

/** The daily run of an integration. */
export interface ScheduleCaller {
  kind: 'schedule'
  orgId: string
  orgSlug: string
}

export interface StartPipelineRun {
  caller: MemberCaller | ApiKeyCaller | ScheduleCaller
  orgSlug: string
  provider: ProviderId
  pipeline: PipelineId
  /** The last seven complete days where there is none. */
  range?: DayRange | undefined
}

/**
 * Starts a run, which a worker takes up: the first two steps happen here, so that whoever starts hears at once when the
 * plan allows no more. Throws FORBIDDEN for another organization, API_KEY_SCOPE_MISSING, INTEGRATION_NOT_FOUND,
 * PROVIDER_WITHOUT_REPORTS, INPUT_INVALID for days to come, SUBSCRIPTION_INACTIVE, and QUOTA_EXCEEDED with a `QuotaExceeded`.
 */
export async function startPipelineRun(ctx: PipelinesContext, input: StartPipelineRun): Promise<PipelineRun> {
  const { caller, orgSlug } = input
  if (caller.orgSlug !== orgSlug) throw new GangwayError('FORBIDDEN')
  if (caller.kind === 'api_key') requireScope(caller, ['pipelines:run'])
  return inTransaction(ctx.db, (tx) => startRun(ctx, tx, input))
}

const YET_TO_COME = { path: 'range.to', message: 'This day is yet to come.' }
const TRIGGERS = { member: 'manual', api_key: 'api_key', schedule: 'schedule' } as const

/** The run, its reservation and its job come to be together or not at all. */
export async function startRun(ctx: PipelinesContext, tx: Tx, input: StartPipelineRun): Promise<PipelineRun> {
  const { caller, orgSlug, provider, pipeline } = input
  const { orgId } = caller
  const at = ctx.clock.now()
  const range = input.range ?? lastCompleteDays(at)
  if (range.to > dayOf(at)) throw new GangwayError('INPUT_INVALID', { details: { fields: [YET_TO_COME] } })
  if (!PROVIDERS[provider].reports.usage) throw new GangwayError('PROVIDER_WITHOUT_REPORTS')
  await assertConnected(tx, { orgId, provider })

  const runId = ctx.ids.uuid()
  const [run] = await tx
    .insert(pipelineRuns)
    .values({
      ...{ id: runId, orgId, provider, pipeline, state: 'queued', createdAt: at },
      ...{ trigger: TRIGGERS[caller.kind], startedBy: actorOf(caller) },
      ...{ rangeFrom: range.from, rangeTo: range.to },
    })
    .returning()
  if (!run) throw new GangwayError('DATABASE_CONFLICT')
  const quota = await reserveQuota(tx, { orgId, runId, at })
  const { day, month, atOnce } = quota
  await logStarted(tx, { runId, at }, [
    ['validate_key', { startedBy: caller.kind }],
    ['reserve_quota', { usedToday: day.used + 1, usedThisMonth: month.used + 1, atOnce: atOnce.used + 1 }],
  ])
  await ctx.jobs.enqueue(tx, 'pipelines.run', { runId })
  const actorId = caller.kind === 'member' ? caller.userId : null
  const subject = { type: 'pipeline_run', id: runId }
  await recordAudit(tx, {
    actorId,
    at,
    action: 'pipeline.started',
    subject,
    detail: { orgId, provider, pipeline, by: caller.kind },
  })
  return runView(run, orgSlug)
}

function actorOf(caller: StartPipelineRun['caller']): string | null {
  if (caller.kind === 'schedule') return null
  return caller.kind === 'member' ? caller.userId : caller.keyId
}

async function assertConnected(tx: Tx, { orgId, provider }: { orgId: string; provider: ProviderId }): Promise<void> {
  const [found] = await tx
    .select({ id: integrationCredentials.id, workspace: organizations.workspace })
    .from(integrationCredentials)
    .innerJoin(organizations, eq(organizations.id, integrationCredentials.orgId))
    .where(and(eq(integrationCredentials.orgId, orgId), eq(integrationCredentials.provider, provider)))
  if (!found) throw new GangwayError('INTEGRATION_NOT_FOUND')
  if (!found.workspace) throw new GangwayError('SYSTEM_NOT_READY')
}
