import type { PlanId } from '@gangway/schemas/plans'
import type { DraftAnswers, Role } from '@gangway/schemas/questionnaire'
import { sql } from 'drizzle-orm'
import { customType, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * The normalized answers of one completed session. What admins filter by is a column whose index gives the order as well.
 * A trigger keeps `plan` and `search`, whoever writes.
 */
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
    /** Of the session that it was made from: one made from an older revision never replaces it. */
    sessionRevision: integer('session_revision').notNull().default(0),
    /** When it was first there to be seen. */
    writtenAt: timestamp('written_at', { withTimezone: true }).notNull().defaultNow(),
    /** Of the organization, as it is now. */
    plan: text().$type<PlanId>(),
    /** The words of the answers, of the person's name and of the address. */
    search: tsvector(),
  },
  (table) => {
    const order = () => [table.completedAt.desc(), table.sessionId.desc()] as const
    return [
      index('answer_snapshots_newest').on(...order()),
      index('answer_snapshots_role_newest').on(table.role, ...order()),
      index('answer_snapshots_org_newest').on(table.orgId, ...order()),
      index('answer_snapshots_plan_newest').on(table.plan, ...order()),
      index('answer_snapshots_variant_newest').on(table.variant, ...order()),
      index('answer_snapshots_version_newest').on(table.answerSchemaVersion, ...order()),
      index('answer_snapshots_user').on(table.userId, table.completedAt.desc()),
      // Not of `flat` itself: an entry of an index has its limit, and what people type has another.
      index('answer_snapshots_terms').using('gin', sql`answer_terms(${table.flat})`),
      index('answer_snapshots_search').using('gin', table.search),
    ]
  },
)
