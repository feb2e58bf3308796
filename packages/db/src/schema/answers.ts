import type { DraftAnswers, Role } from '@gangway/schemas/questionnaire'
import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

/** The normalized answers of one completed session. What admins filter by is a column whose index gives the order. */
export const onboardingAnswerSnapshots = pgTable(
  'onboarding_answer_snapshots',
  {
    sessionId: uuid('session_id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    orgId: uuid('org_id'),
    role: text().$type<Role>(),
    variant: text().notNull(),
    completedAt: timestamp('completed_at', { withTimezone: true }).notNull(),
    answerSchemaVersion: integer('answer_schema_version').notNull(),
    answers: jsonb().$type<DraftAnswers>().notNull(),
    /** `step.field=value`, one for each answer. */
    flat: text().array().notNull().default([]),
  },
  (table) => [
    index('answer_snapshots_newest').on(table.completedAt.desc(), table.sessionId.desc()),
    index('answer_snapshots_role_newest').on(table.role, table.completedAt.desc(), table.sessionId.desc()),
    index('answer_snapshots_user').on(table.userId, table.completedAt.desc()),
  ],
)
