import { PROVIDER_IDS } from '@gangway/schemas/integrations'
import {
  PIPELINE_IDS,
  PIPELINE_RUN_STATES,
  PIPELINE_STEP_IDS,
  PIPELINE_STEP_STATUSES,
  PIPELINE_TRIGGERS,
} from '@gangway/schemas/pipelines'
import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organizations } from './organizations.ts'

const at = (name: string) => timestamp(name, { withTimezone: true })
const orgId = () =>
  uuid('org_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' })
const runId = () =>
  uuid('run_id')
    .notNull()
    .references(() => pipelineRuns.id, { onDelete: 'cascade' })

export const pipelineRuns = pgTable(
  'pipeline_runs',
  {
    id: uuid().primaryKey().defaultRandom(),
    orgId: orgId(),
    provider: text({ enum: PROVIDER_IDS }).notNull(),
    pipeline: text({ enum: PIPELINE_IDS }).notNull(),
    trigger: text({ enum: PIPELINE_TRIGGERS }).notNull(),
    /** The person or the API key that started it; null for a schedule. */
    startedBy: uuid('started_by'),
    state: text({ enum: PIPELINE_RUN_STATES }).notNull(),
    rangeFrom: date('range_from').notNull(),
    rangeTo: date('range_to').notNull(),
    rowsLoaded: integer('rows_loaded'),
    /** How often a worker took it up. */
    attempt: integer().notNull().default(0),
    /** Only who has the newest token writes. */
    leaseToken: uuid('lease_token'),
    leaseExpiresAt: at('lease_expires_at'),
    failure: jsonb().$type<{ code: string; errorId: string }>(),
    createdAt: at('created_at').notNull().defaultNow(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (table) => [
    index('pipeline_runs_org_newest').on(table.orgId, table.createdAt.desc(), table.id.desc()),
    index('pipeline_runs_unfinished')
      .on(table.leaseExpiresAt)
      .where(sql`state in ('queued', 'running')`),
  ],
)

/** One row per step of each attempt. */
export const pipelineStepLogs = pgTable(
  'pipeline_step_logs',
  {
    runId: runId(),
    attempt: integer().notNull(),
    stepIndex: integer('step_index').notNull(),
    step: text({ enum: PIPELINE_STEP_IDS }).notNull(),
    status: text({ enum: PIPELINE_STEP_STATUSES }).notNull(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    errorCode: text('error_code'),
    errorId: text('error_id'),
  },
  (table) => [primaryKey({ columns: [table.runId, table.attempt, table.stepIndex] })],
)

/** A run's place in the plan's limits. `held` counts until it expires, `used` for good, `released` not at all. */
export const quotaReservations = pgTable(
  'quota_reservations',
  {
    runId: runId().primaryKey(),
    orgId: orgId(),
    state: text({ enum: ['held', 'used', 'released'] }).notNull(),
    reservedAt: at('reserved_at').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('quota_reservations_org').on(table.orgId, table.reservedAt)],
)

/**
 * Rows that go into a workspace by one load job each, named after the batch. They are written here before the warehouse
 * is told, so that whoever goes on after a crash loads the same rows under the same name.
 */
export const pipelineBatches = pgTable(
  'pipeline_batches',
  {
    id: uuid().primaryKey().defaultRandom(),
    orgId: orgId(),
    runId: runId(),
    provider: text({ enum: PROVIDER_IDS }).notNull(),
    dataset: text().notNull(),
    targetTable: text('target_table', { enum: ['usage_records', 'cost_records'] }).notNull(),
    /** Emptied once they are loaded. */
    rows: jsonb().$type<Record<string, unknown>[]>().notNull(),
    rowCount: integer('row_count').notNull(),
    createdAt: at('created_at').notNull(),
    loadedAt: at('loaded_at'),
  },
  (table) => [
    index('pipeline_batches_run').on(table.runId),
    index('pipeline_batches_unloaded')
      .on(table.dataset, table.provider)
      .where(sql`loaded_at is null`),
  ],
)

/** What each day's records were when they were last put into a batch: only what has changed goes in again. */
export const pipelineLoadedDays = pgTable(
  'pipeline_loaded_days',
  {
    orgId: orgId(),
    dataset: text().notNull(),
    provider: text({ enum: PROVIDER_IDS }).notNull(),
    targetTable: text('target_table', { enum: ['usage_records', 'cost_records'] }).notNull(),
    usageDate: date('usage_date').notNull(),
    /** From a record's id to the digest of its content. */
    digests: jsonb().$type<Record<string, string>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.dataset, table.provider, table.targetTable, table.usageDate] })],
)
