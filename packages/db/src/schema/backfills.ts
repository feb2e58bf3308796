import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** How far a long replay has come, so that one that was cut off goes on from there. */
export const backfills = pgTable('backfills', {
  name: text().primaryKey(),
  /** Opaque; what comes after it is still to do. */
  position: text().notNull(),
  done: integer().notNull(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})
