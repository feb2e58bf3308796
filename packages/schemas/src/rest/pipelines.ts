import { z } from 'zod'
import { providerIdSchema } from '../integrations.ts'
import { dayRangeSchema, pipelineIdSchema, pipelineRunSchema, pipelineStepSchema } from '../pipelines.ts'
import { quotaSchema } from '../quotas.ts'
import { restTimeSchema } from './time.ts'

export const restStartPipelineSchema = z.strictObject({
  org_slug: z.string().max(50),
  provider: providerIdSchema,
  pipeline: pipelineIdSchema,
  range: z
    .optional(dayRangeSchema)
    .meta({ description: 'UTC days, both included; the last seven complete days where there is none.' }),
})

const run = pipelineRunSchema.shape

export const restPipelineRunSchema = z
  .object({
    id: run.id,
    org_slug: run.orgSlug,
    provider: run.provider,
    pipeline: run.pipeline,
    trigger: run.trigger,
    state: run.state,
    range: run.range,
    rows_loaded: run.rowsLoaded,
    created_at: restTimeSchema,
    started_at: restTimeSchema.nullable(),
    finished_at: restTimeSchema.nullable(),
    failure: z.object({ error: z.string(), message: z.string(), error_id: z.string() }).nullable(),
  })
  .meta({ id: 'PipelineRun' })
export type RestPipelineRun = z.infer<typeof restPipelineRunSchema>

const step = pipelineStepSchema.shape

export const restPipelineRunDetailSchema = restPipelineRunSchema
  .extend({
    steps: z.array(
      z.object({
        step: step.step,
        attempt: step.attempt,
        status: step.status,
        started_at: restTimeSchema,
        finished_at: restTimeSchema.nullable(),
        detail: step.detail,
        error: step.errorCode,
      }),
    ),
  })
  .meta({ id: 'PipelineRunDetail' })
export type RestPipelineRunDetail = z.infer<typeof restPipelineRunDetailSchema>

export const restPipelineRunInputSchema = z.strictObject({ id: z.uuid() })

const usage = z.object({
  limit: z.number().int(),
  used: z.number().int(),
  resets_at: restTimeSchema.nullable(),
})

export const restQuotaSchema = z
  .object({ plan: quotaSchema.shape.plan, day: usage, month: usage, at_once: usage })
  .meta({ id: 'Quota' })
export type RestQuota = z.infer<typeof restQuotaSchema>
