import { organizations, pipelineRuns, pipelineStepLogs } from '@gangway/db/schema'
import type { PipelineRunDetail } from '@gangway/schemas/pipelines'
import { and, asc, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { type ApiKeyCaller, requireScope } from '../keys/index.ts'
import type { MemberCaller } from '../organizations/index.ts'
import { runView } from './run-row.ts'

export interface GetPipelineRun {
  caller: MemberCaller | ApiKeyCaller
  runId: string
}

/** A run with its steps. Another organization's is answered like one that does not exist: NOT_FOUND. Throws API_KEY_SCOPE_MISSING. */
export async function getPipelineRun(ctx: BaseContext, { caller, runId }: GetPipelineRun): Promise<PipelineRunDetail> {
  if (caller.kind === 'api_key') requireScope(caller, ['pipelines:run', 'usage:read'])
  const [found] = await ctx.db
    .select({ run: pipelineRuns, orgSlug: organizations.slug })
    .from(pipelineRuns)
    .innerJoin(organizations, eq(organizations.id, pipelineRuns.orgId))
    .where(and(eq(pipelineRuns.id, runId), eq(pipelineRuns.orgId, caller.orgId)))
  if (!found) throw new GangwayError('NOT_FOUND')
  const { step, attempt, status, startedAt, finishedAt, detail, errorCode } = pipelineStepLogs
  const steps = await ctx.db
    .select({ step, attempt, status, startedAt, finishedAt, detail, errorCode })
    .from(pipelineStepLogs)
    .where(eq(pipelineStepLogs.runId, runId))
    .orderBy(asc(attempt), asc(pipelineStepLogs.stepIndex))
  return { ...runView(found.run, found.orgSlug), steps }
}
