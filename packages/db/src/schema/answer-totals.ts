import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** How many snapshots hold each answer, as of the last roll-up; with the deltas that wait, exact. */
export const onboardingAnswerGroupTotals = pgTable(
  'onboarding_answer_group_totals',
  {
    step: text().notNull(),
    field: text().notNull(),
    value: text().notNull(),
    total: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.step, table.field, table.value] }),
    index('onboarding_answer_group_totals_most').on(table.step, table.field, table.total.desc(), table.value),
  ],
)

/**
 * What snapshots have added to the totals and taken back since the last roll-up. Appended by triggers of the snapshots'
 * table, in the transaction that writes a snapshot. Without a key: whoever rolls up takes all that it sees.
 */
export const onboardingAnswerDeltas = pgTable('onboarding_answer_deltas', {
  step: text().notNull(),
  field: text().notNull(),
  value: text().notNull(),
  delta: integer().notNull(),
  at: timestamp({ withTimezone: true }).notNull().defaultNow(),
})
