import type { onboardingRuns } from '@gangway/db/schema'
import { planIdSchema } from '@gangway/schemas/plans'
import { runFailureSchema, runStateSchema } from '@gangway/schemas/provisioning'
import { z } from 'zod'

export type Run = typeof onboardingRuns.$inferSelect

const time = z.string().transform((text) => new Date(text))

/** A run as the database's functions answer it: the row as JSON. */
export const runRowSchema = z
  .object({
    id: z.string(),
    checkout_session_id: z.string(),
    origin: z.enum(['checkout', 'operator']),
    user_id: z.string(),
    plan: planIdSchema,
    slug: z.string(),
    company_name: z.string(),
    state: runStateSchema,
    stages_completed: z.number(),
    last_seq: z.number(),
    fencing_token: z.number(),
    org_id: z.string().nullable(),
    workspace: z.string().nullable(),
    key_fingerprint: z.string().nullable(),
    failure: z.nullable(runFailureSchema),
    next_attempt_at: time.nullable(),
    sweeps: z.number(),
    refund_key: z.string().nullable(),
    refunded_at: time.nullable(),
    created_at: time,
    started_at: time.nullable(),
    updated_at: time,
    finished_at: time.nullable(),
  })
  .transform((row): Run => ({
    id: row.id,
    checkoutSessionId: row.checkout_session_id,
    origin: row.origin,
    userId: row.user_id,
    plan: row.plan,
    slug: row.slug,
    companyName: row.company_name,
    state: row.state,
    stagesCompleted: row.stages_completed,
    lastSeq: row.last_seq,
    fencingToken: row.fencing_token,
    orgId: row.org_id,
    workspace: row.workspace,
    keyFingerprint: row.key_fingerprint,
    failure: row.failure,
    nextAttemptAt: row.next_attempt_at,
    sweeps: row.sweeps,
    refundKey: row.refund_key,
    refundedAt: row.refunded_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
  }))
