import { TELEMETRY_NAMES } from '@gangway/schemas/telemetry'
import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

/**
 * Partitioned by the month of `at`, which the schema language cannot say: see the migration. The time belongs to the event
 * and not to its arrival, so that the key keeps a repeat out.
 */
export const telemetryEvents = pgTable(
  'telemetry_events',
  {
    id: uuid().notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Null for somebody who has never opened the questionnaire. Goes with its user. */
    sessionId: uuid('session_id'),
    name: text({ enum: TELEMETRY_NAMES }).notNull(),
    /** Null where it is about no step. */
    step: text(),
    variant: text(),
    at: timestamp({ withTimezone: true }).notNull(),
    props: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.at] }),
    index('telemetry_events_of_person').on(table.userId, table.at),
    index('telemetry_events_by_name').on(table.name, table.at),
  ],
)
