import { PLAN_IDS } from '@gangway/schemas/plans'
import type { RunFailure } from '@gangway/schemas/provisioning'
import { RUN_STATES, STAGE_IDS, STAGE_STATUSES } from '@gangway/schemas/provisioning'
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

/** At most one run per checkout session; `fencing_token` is that of the newest holder of its lock. */
export const onboardingRuns = pgTable(
  'onboarding_runs',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** For an operator's run: `op_` and the tenant's id. */
    checkoutSessionId: text('checkout_session_id').notNull().unique(),
    origin: text({ enum: ['checkout', 'operator'] })
      .notNull()
      .default('checkout'),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    plan: text({ enum: PLAN_IDS }).notNull(),
    slug: text().notNull(),
    companyName: text('company_name').notNull(),
    state: text({ enum: RUN_STATES }).notNull().default('pending'),
    stagesCompleted: smallint('stages_completed').notNull().default(0),
    lastSeq: integer('last_seq').notNull().default(0),
    fencingToken: bigint('fencing_token', { mode: 'number' }).notNull().default(0),
    orgId: uuid('org_id'),
    workspace: text(),
    keyFingerprint: text('key_fingerprint'),
    failure: jsonb().$type<RunFailure>(),
    /** When the sweeper may try a run again that failed for a transient cause. */
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }),
    sweeps: integer().notNull().default(0),
    /** Chosen and kept before the provider is asked, so that a repeat gives back once. */
    refundKey: text('refund_key'),
    refundedAt: timestamp('refunded_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    startedAt: timestamp('started_at', { withTimezone: true }),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [
    index('onboarding_runs_unfinished')
      .on(table.state, table.nextAttemptAt)
      .where(sql`state in ('awaiting_payment', 'pending', 'running', 'failed', 'cancelled', 'needs_sync')`),
    index('onboarding_runs_user').on(table.userId),
    index('onboarding_runs_newest').on(table.createdAt.desc(), table.id.desc()),
    check('onboarding_runs_stages_completed', sql`stages_completed between 0 and 5`),
  ],
)

/**
 * The journal. Append-only: the application's roles may neither change nor delete a row. Partitioned by the month of `at`,
 * which the schema language cannot say: see the migration.
 */
export const onboardingStageEvents = pgTable(
  'onboarding_stage_events',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => onboardingRuns.id),
    seq: integer().notNull(),
    stage: text({ enum: STAGE_IDS }).notNull(),
    status: text({ enum: STAGE_STATUSES }).notNull(),
    attempt: integer().notNull(),
    /** The run's state after this event. */
    runState: text('run_state', { enum: RUN_STATES }).notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    failure: jsonb().$type<RunFailure>(),
    errorCode: text('error_code'),
    errorId: text('error_id'),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq, table.at] })],
)

/** One process at a time advances a run. Times are the database's, so that no process's clock matters. */
export const onboardingLocks = pgTable('onboarding_locks', {
  lockId: text('lock_id').primaryKey(),
  checkoutSessionId: text('checkout_session_id').notNull(),
  holder: text().notNull(),
  fencingToken: bigint('fencing_token', { mode: 'number' }).notNull(),
  acquiredAt: timestamp('acquired_at', { withTimezone: true }).notNull().defaultNow(),
  heartbeatAt: timestamp('heartbeat_at', { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
})

/** A passing dry run, remembered by the digest of its input. */
export const dryRuns = pgTable('dry_runs', {
  digest: text().primaryKey(),
  tenantId: text('tenant_id').notNull(),
  result: jsonb().$type<Record<string, unknown>>().notNull(),
  passedAt: timestamp('passed_at', { withTimezone: true }).notNull().defaultNow(),
})

/** The warehouse knows an org that Postgres could not be told about. Holds no secret. */
export const pendingBackendSyncs = pgTable(
  'pending_backend_syncs',
  {
    id: uuid().primaryKey().defaultRandom(),
    runId: uuid('run_id').notNull().unique(),
    orgSlug: text('org_slug').notNull(),
    apiKeyFingerprint: text('api_key_fingerprint').notNull(),
    backendOnboardedAt: timestamp('backend_onboarded_at', { withTimezone: true }).notNull(),
    status: text({ enum: ['pending_sync', 'syncing', 'synced', 'failed'] })
      .notNull()
      .default('pending_sync'),
    retryCount: integer('retry_count').notNull().default(0),
    lastError: text('last_error'),
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull().defaultNow(),
    syncedAt: timestamp('synced_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('pending_backend_syncs_due')
      .on(table.nextAttemptAt)
      .where(sql`status in ('pending_sync', 'failed')`),
  ],
)
