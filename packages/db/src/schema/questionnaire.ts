import type { FlagCohorts } from '@gangway/schemas/flags'
import type { ManifestContent } from '@gangway/schemas/manifest'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { onboardingSessions } from './onboarding.ts'

/**
 * What the questionnaire asks. A row without a version is a draft, and can be edited; with one it is published, and never
 * changes: sessions are pinned to it. Version 1 is built in, and has no row.
 */
export const stepManifests = pgTable(
  'step_manifests',
  {
    id: uuid().primaryKey().defaultRandom(),
    version: integer().unique('step_manifests_version'),
    name: text().notNull(),
    manifest: jsonb().$type<Pick<ManifestContent, 'languages' | 'steps'>>().notNull(),
    variants: jsonb().$type<ManifestContent['variants']>().notNull().default([]),
    /** The version that it was made from. */
    basedOn: integer('based_on').notNull(),
    /** Counts the edits of a draft: who saves on an older one is told so. */
    revision: integer().notNull().default(0),
    /** Why it was published. */
    note: text().notNull().default(''),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    updatedBy: uuid('updated_by').references(() => users.id, { onDelete: 'set null' }),
    publishedAt: timestamp('published_at', { withTimezone: true }),
    publishedBy: uuid('published_by').references(() => users.id, { onDelete: 'set null' }),
  },
  () => [check('step_manifests_published', sql`(version is null) = (published_at is null)`)],
)

/** Gates questions and steps. A flag that is not here is off. */
export const featureFlags = pgTable(
  'feature_flags',
  {
    key: text().primaryKey(),
    description: text().notNull().default(''),
    enabled: boolean().notNull().default(false),
    /** Of the people in the cohorts. */
    rolloutPercent: integer('rollout_percent').notNull().default(100),
    cohorts: jsonb().$type<FlagCohorts>().notNull().default({}),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [check('feature_flags_rollout', sql`rollout_percent between 0 and 100`)],
)

/** Who has seen which variant: written when a step is viewed first. */
export const exposures = pgTable(
  'exposures',
  {
    sessionId: uuid('session_id')
      .primaryKey()
      .references(() => onboardingSessions.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    manifestVersion: integer('manifest_version').notNull(),
    variant: text().notNull(),
    /** The step that was viewed. */
    step: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('exposures_variant').on(table.manifestVersion, table.variant), index('exposures_user').on(table.userId)],
)

/** Answers of a session that could not be brought up to date, as they were before it began anew. */
export const onboardingSetAside = pgTable(
  'onboarding_set_aside',
  {
    id: uuid().primaryKey().defaultRandom(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => onboardingSessions.id, { onDelete: 'cascade' }),
    schemaVersion: integer('schema_version').notNull(),
    manifestVersion: integer('manifest_version').notNull(),
    answers: jsonb().$type<DraftAnswers>().notNull(),
    completedSteps: text('completed_steps').array().notNull(),
    skippedSteps: text('skipped_steps').array().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('onboarding_set_aside_session').on(table.sessionId)],
)
