import * as z from 'zod/mini'
import { orgInputSchema, providerIdSchema } from './integrations.ts'

export const PIPELINE_IDS = ['usage-sync'] as const
export const pipelineIdSchema = z.enum(PIPELINE_IDS)
export type PipelineId = z.infer<typeof pipelineIdSchema>

/** In this order; stored, logged and shown. */
export const PIPELINE_STEP_IDS = [
  'validate_key',
  'reserve_quota',
  'decrypt_credential',
  'fetch',
  'check',
  'load',
  'record',
] as const
export const pipelineStepIdSchema = z.enum(PIPELINE_STEP_IDS)
export type PipelineStepId = z.infer<typeof pipelineStepIdSchema>

export const PIPELINE_STEP_LABELS: Record<PipelineStepId, string> = {
  validate_key: 'Validating key',
  reserve_quota: 'Reserving quota',
  decrypt_credential: 'Decrypting credential',
  fetch: 'Fetching usage and cost',
  check: 'Checking quality',
  load: 'Loading records',
  record: 'Recording the run',
}

export const PIPELINE_RUN_STATES = ['queued', 'running', 'succeeded', 'failed'] as const
export const pipelineRunStateSchema = z.enum(PIPELINE_RUN_STATES)
export type PipelineRunState = z.infer<typeof pipelineRunStateSchema>

export const PIPELINE_TRIGGERS = ['manual', 'schedule', 'api_key'] as const
export const pipelineTriggerSchema = z.enum(PIPELINE_TRIGGERS)
export type PipelineTrigger = z.infer<typeof pipelineTriggerSchema>

/** One run asks for no more days than providers give at once. */
export const LONGEST_RANGE_DAYS = 31
const DAY_MS = 24 * 60 * 60 * 1000

const day = z.iso.date('Give both days.')

/** UTC days, both included. */
export const dayRangeSchema = z.object({ from: day, to: day }).check(
  z.refine(({ from, to }) => from <= to, { path: ['to'], error: 'The range ends before it begins.' }),
  z.refine(({ from, to }) => (Date.parse(to) - Date.parse(from)) / DAY_MS < LONGEST_RANGE_DAYS, {
    path: ['from'],
    error: `A range has at most ${LONGEST_RANGE_DAYS} days.`,
  }),
)
export type DayRange = z.infer<typeof dayRangeSchema>

const failureSchema = z.object({ code: z.string(), message: z.string(), errorId: z.string() })

export const pipelineRunSchema = z.object({
  id: z.uuid(),
  orgSlug: z.string(),
  provider: providerIdSchema,
  pipeline: pipelineIdSchema,
  trigger: pipelineTriggerSchema,
  state: pipelineRunStateSchema,
  range: z.object({ from: z.iso.date(), to: z.iso.date() }),
  /** Null until something was loaded. Rows that were there already are not counted. */
  rowsLoaded: z.nullable(z.int()),
  createdAt: z.date(),
  startedAt: z.nullable(z.date()),
  finishedAt: z.nullable(z.date()),
  /** Set when it failed. */
  failure: z.nullable(failureSchema),
})
export type PipelineRun = z.infer<typeof pipelineRunSchema>

export const PIPELINE_STEP_STATUSES = ['running', 'succeeded', 'failed', 'interrupted'] as const
export const pipelineStepSchema = z.object({
  step: pipelineStepIdSchema,
  /** Counts up when a run is resumed after a crash. */
  attempt: z.int(),
  status: z.enum(PIPELINE_STEP_STATUSES),
  startedAt: z.date(),
  finishedAt: z.nullable(z.date()),
  detail: z.record(z.string(), z.unknown()),
  errorCode: z.nullable(z.string()),
})
export type PipelineStep = z.infer<typeof pipelineStepSchema>

export const pipelineRunDetailSchema = z.extend(pipelineRunSchema, { steps: z.array(pipelineStepSchema) })
export type PipelineRunDetail = z.infer<typeof pipelineRunDetailSchema>

export const startPipelineInputSchema = z.extend(orgInputSchema, {
  provider: providerIdSchema,
  pipeline: pipelineIdSchema,
  /** The last seven complete days where there is none. */
  range: z.optional(dayRangeSchema),
})
export const pipelineRunInputSchema = z.extend(orgInputSchema, { runId: z.uuid() })

export const listPipelineRunsInputSchema = z.extend(orgInputSchema, {
  /** `nextCursor` of the page before. */
  cursor: z.nullish(z.string().check(z.maxLength(400))),
  limit: z._default(z.int().check(z.minimum(1), z.maximum(100)), 20),
})
export const pipelineRunsPageSchema = z.object({ rows: z.array(pipelineRunSchema), nextCursor: z.nullable(z.string()) })
