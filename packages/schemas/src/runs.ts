import { z } from 'zod'
import { pageOf, pageRequestSchema } from './paging.ts'
import { planIdSchema } from './plans.ts'
import {
  type RunState,
  runFailureSchema,
  runStateSchema,
  runViewSchema,
  stageIdSchema,
  stageStatusSchema,
} from './provisioning.ts'

// Runs as staff see them: beside what the customer is told stands what happened.

export const runsFilterSchema = z.object({
  states: z.array(runStateSchema).max(8).optional(),
  /** The stage that a run is at: the first that is not completed. */
  stages: z.array(stageIdSchema).max(5).optional(),
  plans: z.array(planIdSchema).max(3).optional(),
  /** Part of the checkout's id, the slug, the company or the customer's e-mail address. */
  text: z.string().trim().max(200).optional(),
  createdFrom: z.date().optional(),
  createdBefore: z.date().optional(),
})
export type RunsFilter = z.infer<typeof runsFilterSchema>

export const listRunsInputSchema = z.object({ ...pageRequestSchema.shape, filter: runsFilterSchema.default({}) })

/** The list's newest rows, followed: as many as are shown. */
export const liveRunsInputSchema = listRunsInputSchema.omit({ cursor: true })

export const runIdInputSchema = z.object({ runId: z.uuid() })

export const retryRunInputSchema = runIdInputSchema.extend({
  /** The run goes on here; what it made from this stage on is made anew. Without one it goes on where it stopped. */
  fromStage: z.optional(stageIdSchema),
})
export type RetryRunInput = z.infer<typeof retryRunInputSchema>

export const cancelRunInputSchema = runIdInputSchema.extend({
  /** For the audit log, and for colleagues who ask later. */
  reason: z.string('Say why.').trim().min(1, 'Say why.').max(500, 'Use at most 500 characters.'),
})
export type CancelRunInput = z.infer<typeof cancelRunInputSchema>

export const runRowSchema = z.object({
  id: z.uuid(),
  checkoutSessionId: z.string(),
  origin: z.enum(['checkout', 'operator']),
  state: runStateSchema,
  /** Null once all five are completed. */
  stage: z.nullable(stageIdSchema),
  stagesCompleted: z.number().int(),
  plan: planIdSchema,
  slug: z.string(),
  companyName: z.string(),
  email: z.string(),
  failure: z.nullable(runFailureSchema),
  createdAt: z.date(),
  updatedAt: z.date(),
})
export type RunRow = z.infer<typeof runRowSchema>

export const runsPageSchema = pageOf(runRowSchema)
export type RunsPage = z.infer<typeof runsPageSchema>

/** An error as it was thrown. For staff only: it can hold a driver's text. */
export const technicalCauseSchema = z.object({ name: z.string(), code: z.string().nullable(), message: z.string() })
export type TechnicalCause = z.infer<typeof technicalCauseSchema>

export const timelineEntrySchema = z.object({
  seq: z.number().int(),
  stage: stageIdSchema,
  status: stageStatusSchema,
  attempt: z.number().int(),
  at: z.date(),
  /** The run's state after it. */
  runState: runStateSchema,
  /** How long this attempt took, pauses before it left out; null for a beginning. */
  durationMs: z.number().nullable(),
  /** The pause before the next attempt. */
  pauseMs: z.number().nullable(),
  /** What the customer was told. */
  failure: z.nullable(runFailureSchema),
  cause: technicalCauseSchema.nullable(),
  /** What else the stage wrote down. */
  detail: z.record(z.string(), z.unknown()),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

export const lockSchema = z.object({
  lockId: z.string(),
  checkoutSessionId: z.string(),
  /** Null for a lock whose run is not there. */
  run: z.object({ id: z.uuid(), slug: z.string(), state: runStateSchema }).nullable(),
  holder: z.string(),
  fencingToken: z.number().int(),
  acquiredAt: z.date(),
  heartbeatAt: z.date(),
  expiresAt: z.date(),
  /** By the database's clock, which decides. */
  ageMs: z.number(),
  expired: z.boolean(),
})
export type Lock = z.infer<typeof lockSchema>

export const PENDING_SYNC_STATUSES = ['pending_sync', 'syncing', 'failed', 'synced'] as const
export const pendingSyncStatusSchema = z.enum(PENDING_SYNC_STATUSES)
export type PendingSyncStatus = z.infer<typeof pendingSyncStatusSchema>

export const pendingSyncSchema = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  orgSlug: z.string(),
  apiKeyFingerprint: z.string(),
  backendOnboardedAt: z.date(),
  status: pendingSyncStatusSchema,
  retryCount: z.number().int(),
  lastError: z.string().nullable(),
  nextAttemptAt: z.date(),
  syncedAt: z.date().nullable(),
  createdAt: z.date(),
})
export type PendingSync = z.infer<typeof pendingSyncSchema>

export const pendingSyncsFilterSchema = z.object({ statuses: z.array(pendingSyncStatusSchema).max(4).optional() })
export type PendingSyncsFilter = z.infer<typeof pendingSyncsFilterSchema>
export const listPendingSyncsInputSchema = z.object({ ...pageRequestSchema.shape, filter: pendingSyncsFilterSchema.default({}) })
export const pendingSyncsPageSchema = pageOf(pendingSyncSchema)
export type PendingSyncsPage = z.infer<typeof pendingSyncsPageSchema>

export const pendingSyncIdInputSchema = z.object({ id: z.uuid() })

/** How a go at all pending syncs went, in records. */
export const syncedSchema = z.object({ synced: z.number().int(), failed: z.number().int() })

export const runDetailsSchema = z.object({
  run: runRowSchema.extend({
    userId: z.uuid(),
    customerName: z.string(),
    workspace: z.string().nullable(),
    keyFingerprint: z.string().nullable(),
    fencingToken: z.number().int(),
    /** How often the sweeper has taken it up after a failure. */
    sweeps: z.number().int(),
    /** When it is tried again by itself; null when it is not. */
    nextAttemptAt: z.date().nullable(),
    /** Somebody has decided it, and it goes on until it is done. */
    rollingBack: z.boolean(),
    refundedAt: z.date().nullable(),
    startedAt: z.date().nullable(),
    finishedAt: z.date().nullable(),
  }),
  /** Oldest first. */
  timeline: z.array(timelineEntrySchema),
  /** The run as the customer's success page gets it. */
  customerView: runViewSchema,
  /** The newest failure's cause; null while the run has not failed, or nothing more is known than the customer was told. */
  rootCause: technicalCauseSchema.extend({ seq: z.number().int() }).nullable(),
  lock: lockSchema.nullable(),
  organization: z
    .object({
      id: z.uuid(),
      slug: z.string(),
      name: z.string(),
      status: z.enum(['provisioning', 'onboarded', 'abandoned']),
      onboardedAt: z.date().nullable(),
    })
    .nullable(),
  pendingSync: pendingSyncSchema.nullable(),
})
export type RunDetails = z.infer<typeof runDetailsSchema>

export const RUN_ACTIONS = ['retry', 'cancel', 'roll_back', 'sync'] as const
export type RunAction = (typeof RUN_ACTIONS)[number]

/** What staff can do with a run in a state. */
export function runActions(state: RunState): readonly RunAction[] {
  switch (state) {
    case 'failed':
      return ['retry', 'cancel']
    case 'cancelled':
      return ['roll_back']
    case 'needs_sync':
      return ['sync']
    case 'awaiting_payment':
    case 'pending':
    case 'running':
    case 'succeeded':
    case 'rolled_back':
      return []
  }
}

export const ALERT_KINDS = ['pending_syncs', 'failed_syncs', 'old_locks', 'answers_lag'] as const

/** Something that staff should look at, with how much there is and how much is usual. */
export const alertSchema = z.object({
  kind: z.enum(ALERT_KINDS),
  /** Rows; for `old_locks` the age of the oldest in seconds, for `answers_lag` seconds. */
  value: z.number(),
  threshold: z.number(),
  /** The value is above the threshold. */
  raised: z.boolean(),
})
export type Alert = z.infer<typeof alertSchema>
