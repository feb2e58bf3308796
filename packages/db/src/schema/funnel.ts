import type { PlanId } from '@gangway/schemas/plans'
import type { Role } from '@gangway/schemas/questionnaire'
import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/**
 * How far each person came, gathered from `telemetry_events` by a trigger of theirs, whoever writes them. Each column is the
 * same in whatever order events come, and however often.
 */
export const funnelPeople = pgTable(
  'funnel_people',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The first event of any kind. Null for somebody of whom only the role is known. */
    startedAt: moment('started_at'),
    lastAt: moment('last_at'),
    /** Of the earliest event that has one. */
    variant: text(),
    variantAt: moment('variant_at'),
    /** The one that was chosen last. */
    plan: text().$type<PlanId>(),
    planAt: moment('plan_at'),
    /** As their session says it now; a trigger of `onboarding_sessions` keeps it. */
    role: text().$type<Role>(),
    completedAt: moment('completed_at'),
    checkoutAt: moment('checkout_at'),
    provisionedAt: moment('provisioned_at'),
    revealedAt: moment('revealed_at'),
    firstValueAt: moment('first_value_at'),
  },
  (table) => [index('funnel_people_newest').on(table.startedAt.desc(), table.userId.desc())],
)

/** What became of each step that a person has seen; kept by the same trigger. */
export const funnelSteps = pgTable(
  'funnel_steps',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => funnelPeople.userId, { onDelete: 'cascade' }),
    step: text().notNull(),
    lastAt: moment('last_at').notNull(),
    /** The first time. */
    completedAt: moment('completed_at'),
    /** From seeing the step to completing it for the first time. */
    seconds: integer(),
    skippedAt: moment('skipped_at'),
    /** The last times that a save was sent, was refused for what was answered, and did not get through. */
    attemptedAt: moment('attempted_at'),
    invalidAt: moment('invalid_at'),
    failedAt: moment('failed_at'),
    retries: integer().notNull(),
    conflicts: integer().notNull(),
    offlineSaves: integer('offline_saves').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.step] }),
    index('funnel_steps_open')
      .on(table.userId)
      .where(sql`completed_at is null and skipped_at is null`),
  ],
)
