import type { DraftAnswers, DraftValue, StepId, StepIssue } from '@gangway/schemas/questionnaire'
import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

/** One user's way through the questionnaire; at most one open session each. */
export const onboardingSessions = pgTable(
  'onboarding_sessions',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    schemaVersion: integer('schema_version').notNull(),
    manifestVersion: integer('manifest_version').notNull(),
    variant: text().notNull().default('control'),
    status: text({ enum: ['open', 'completed'] })
      .notNull()
      .default('open'),
    currentStep: text('current_step').$type<StepId>().notNull(),
    completedSteps: text('completed_steps').array().$type<StepId[]>().notNull().default([]),
    skippedSteps: text('skipped_steps').array().$type<StepId[]>().notNull().default([]),
    answers: jsonb().$type<DraftAnswers>().notNull().default({}),
    revision: integer().notNull().default(0),
    checksum: text().notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    completedAt: timestamp('completed_at', { withTimezone: true }),
    answerSchemaVersion: integer('answer_schema_version'),
    /** Its answers are older than is kept: they are gone, and not to be aggregated again. */
    answersForgottenAt: timestamp('answers_forgotten_at', { withTimezone: true }),
    /** What was submitted when it was completed: valid, and nothing of a question that did not apply. */
    submitted: jsonb().$type<DraftAnswers>(),
    /** When it began anew because its answers could not be brought up to date; they were set aside. */
    resetAt: timestamp('reset_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('onboarding_sessions_one_open')
      .on(table.userId)
      .where(sql`status = 'open'`),
    index('onboarding_sessions_user').on(table.userId, table.startedAt),
    index('onboarding_sessions_completed')
      .on(table.completedAt)
      .where(sql`status = 'completed'`),
    index('onboarding_sessions_open')
      .on(table.updatedAt)
      .where(sql`status = 'open'`),
  ],
)

interface SaveOutcome {
  completedSteps: StepId[]
  skippedSteps: StepId[]
  currentStep: StepId
  /** What kept the step from being completed. */
  issues: StepIssue[]
}

/** Every accepted save: answers repeats, and gives a conflict its base. */
export const onboardingSaves = pgTable(
  'onboarding_saves',
  {
    mutationId: uuid('mutation_id').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => onboardingSessions.id, { onDelete: 'cascade' }),
    /** The revision that this save made. */
    revision: integer().notNull(),
    step: text().$type<StepId>().notNull(),
    patch: jsonb().$type<Record<string, DraftValue>>().notNull(),
    /** The fields of `patch` as they were before; null where there was nothing. */
    before: jsonb().$type<Record<string, DraftValue>>().notNull(),
    /** The rest of what it was answered: a repeat is answered alike. Null for saves from before this was kept. */
    outcome: jsonb().$type<SaveOutcome>(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('onboarding_saves_session_revision').on(table.sessionId, table.revision)],
)
