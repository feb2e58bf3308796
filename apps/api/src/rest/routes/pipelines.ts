import { getPipelineRun, startPipelineRun } from '@gangway/core/pipelines'
import type { PipelineRun } from '@gangway/schemas/pipelines'
import {
  type RestPipelineRun,
  restPipelineRunDetailSchema,
  restPipelineRunInputSchema,
  restPipelineRunSchema,
  restStartPipelineSchema,
} from '@gangway/schemas/rest/pipelines'
import { defineRoute } from '../route.ts'

export const pipelineRoutes = [
  defineRoute({
    ...{ method: 'POST', path: '/api/v1/pipelines/run/{org_slug}/{provider}/{pipeline}', who: 'api_key', tag: 'Pipelines' },
    summary: 'Start a pipeline',
    description:
      'For keys with the scope pipelines:run. The run goes on after the answer. Over the limit of the plan, QUOTA_EXCEEDED says in `details` which limit it was and when to come back, and so does the header Retry-After.',
    input: restStartPipelineSchema,
    example: { range: { from: '2026-01-01', to: '2026-01-07' } },
    answer: restPipelineRunSchema,
    errors: ['FORBIDDEN', 'INTEGRATION_NOT_FOUND', 'PROVIDER_WITHOUT_REPORTS', 'SUBSCRIPTION_INACTIVE', 'QUOTA_EXCEEDED'],
    handle: async ({ integrations }, { caller, input: { org_slug: orgSlug, ...wanted } }) =>
      runOf(await startPipelineRun(integrations, { caller, orgSlug, ...wanted })),
  }),

  defineRoute({
    ...{ method: 'GET', path: '/api/v1/pipelines/runs/{id}', who: 'api_key', tag: 'Pipelines' },
    summary: 'One run of a pipeline, with its steps',
    description: 'For keys with the scope pipelines:run or usage:read.',
    input: restPipelineRunInputSchema,
    answer: restPipelineRunDetailSchema,
    errors: ['NOT_FOUND'],
    async handle({ integrations }, { caller, input: { id } }) {
      const { steps, ...run } = await getPipelineRun(integrations, { caller, runId: id })
      return {
        ...runOf(run),
        steps: steps.map(({ step, attempt, status, startedAt, finishedAt, detail, errorCode }) => ({
          ...{ step, attempt, status, detail, error: errorCode },
          started_at: startedAt.toISOString(),
          finished_at: finishedAt?.toISOString() ?? null,
        })),
      }
    },
  }),
]

function runOf(run: PipelineRun): RestPipelineRun {
  const { id, provider, pipeline, trigger, state, range, failure } = run
  return {
    ...{ id, provider, pipeline, trigger, state, range },
    org_slug: run.orgSlug,
    rows_loaded: run.rowsLoaded,
    created_at: run.createdAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    finished_at: run.finishedAt?.toISOString() ?? null,
    failure: failure && { error: failure.code, message: failure.message, error_id: failure.errorId },
  }
}
