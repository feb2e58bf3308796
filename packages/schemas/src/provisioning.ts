import * as z from 'zod/mini'
import { planIdSchema } from './plans.ts'
import { slugSchema } from './slug.ts'

/** Ids, labels and order are a contract: they are stored, streamed and shown. */
export const STAGE_IDS = ['verify_payment', 'create_organization', 'set_up_workspace', 'generate_api_key', 'finalize'] as const
export type StageId = (typeof STAGE_IDS)[number]

export const STAGE_LABELS: Record<StageId, string> = {
  verify_payment: 'Verifying payment',
  create_organization: 'Creating organization',
  set_up_workspace: 'Setting up workspace',
  generate_api_key: 'Generating API key',
  finalize: 'Finalizing setup',
}

export const stageIdSchema = z.enum(STAGE_IDS)

export const RUN_STATES = [
  'awaiting_payment',
  'pending',
  'running',
  'succeeded',
  'failed',
  'needs_sync',
  'cancelled',
  'rolled_back',
] as const
export const runStateSchema = z.enum(RUN_STATES)
export type RunState = z.infer<typeof runStateSchema>

export const STAGE_STATUSES = ['started', 'retrying', 'completed', 'failed', 'undone'] as const
export const stageStatusSchema = z.enum(STAGE_STATUSES)
export type StageStatus = z.infer<typeof stageStatusSchema>

/** What a customer is told of a failure: never a driver's text. */
export const runFailureSchema = z.object({
  code: z.string(),
  message: z.string(),
  errorId: z.string(),
  /** `customer`: they can fix it; `transient`: it is tried again by itself; `permanent`: support has to look. */
  kind: z.enum(['customer', 'transient', 'permanent']),
})
export type RunFailure = z.infer<typeof runFailureSchema>

/** One journal entry as the success page sees it; `seq` counts up by one per run. */
export const progressEventSchema = z.object({
  seq: z.int(),
  stage: stageIdSchema,
  status: stageStatusSchema,
  attempt: z.int(),
  at: z.date(),
  runState: runStateSchema,
  failure: z.nullable(runFailureSchema),
})
export type ProgressEvent = z.infer<typeof progressEventSchema>

export const runViewSchema = z.object({
  id: z.uuid(),
  checkoutSessionId: z.string(),
  state: runStateSchema,
  plan: z.nullable(planIdSchema),
  slug: z.nullable(z.string()),
  companyName: z.nullable(z.string()),
  orgId: z.nullable(z.uuid()),
  stagesCompleted: z.int(),
  failure: z.nullable(runFailureSchema),
})
export type RunView = z.infer<typeof runViewSchema>

export const checkoutSessionIdSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(200), z.regex(/^[A-Za-z0-9_]+$/, 'This is not a checkout id.'))

export const startRunInputSchema = z.object({ checkoutSessionId: checkoutSessionIdSchema })

/** `started`: this call advances the run; `joined`: somebody else does; `settled`: there is nothing left to do. */
export const startedRunSchema = z.object({
  run: runViewSchema,
  part: z.enum(['started', 'joined', 'settled']),
})
export type StartedRun = z.infer<typeof startedRunSchema>

export const progressInputSchema = z.object({
  checkoutSessionId: checkoutSessionIdSchema,
  /** The last `seq` seen, as text; tRPC fills it in when it reconnects. */
  lastEventId: z.nullish(z.string().check(z.maxLength(20))),
})

export const chooseSlugInputSchema = z.object({
  checkoutSessionId: checkoutSessionIdSchema,
  slug: slugSchema,
})

export function isTerminal(state: RunState): boolean {
  return state === 'succeeded' || state === 'rolled_back'
}
