import type { PlanId } from '@gangway/schemas/plans'
import type { DraftAnswers, Role } from '@gangway/schemas/questionnaire'
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
    /** `step.field=value`, one for each answer; the first 240 characters of it. */
    flat: text().array().notNull().default([]),
    /** Of the session that it was made from: one made from an older revision never replaces it. */
    sessionRevision: integer('session_revision').notNull().default(0),
    /** When it was first there to be seen. */
    writtenAt: timestamp('written_at', { withTimezone: true }).notNull().defaultNow(),
    /** Of the organization, as it is now. */
    plan: text().$type<PlanId>(),
    /** The words of the answers, of the person's name and of the address, which is there as a whole as well. */
    search: tsvector(),
  },
  (table) => {
    const { role, plan, variant, answerSchemaVersion: version, orgId: org } = table
    const order = () => [table.completedAt.desc(), table.sessionId.desc()] as const
    // The columns after the order are there to be looked at in the index: rows are wide, and few are wanted.
    return [
      index('answer_snapshots_newest').on(...order(), role, plan, variant, version, org),
      index('answer_snapshots_role_newest').on(role, ...order(), plan, variant, version, org),
      index('answer_snapshots_org_newest').on(org, ...order(), role, plan, variant, version),
      index('answer_snapshots_plan_newest').on(plan, ...order(), role, variant, version, org),
      index('answer_snapshots_variant_newest').on(variant, ...order(), role, plan, version, org),
      index('answer_snapshots_version_newest').on(version, ...order(), role, plan, variant, org),
      index('answer_snapshots_user').on(table.userId, table.completedAt.desc()),
      index('answer_snapshots_flat').using('gin', table.flat),
      index('answer_snapshots_search').using('gin', table.search),
    ]
  },
)
