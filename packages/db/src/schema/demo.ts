import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

/** People who were made up to look at, so many by one command. */
export const demoBatches = pgTable(
  'demo_batches',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** In the addresses of its people and the names of their organizations. */
    code: text().notNull().unique(),
    seed: text().notNull(),
    people: integer().notNull(),
    /** So many days, up to `until`. */
    days: integer().notNull(),
    until: timestamp({ withTimezone: true }).notNull(),
    /** How many people of it were made: the first ones. */
    made: integer().notNull().default(0),
    /** From then on nobody is added to it. */
    removedAt: timestamp('removed_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique('demo_batches_same').on(table.seed, table.people, table.days),
    check('demo_batches_made', sql`made between 0 and people`),
  ],
)

/** Who was made up. Whatever belongs to them goes with them. */
export const demoPeople = pgTable(
  'demo_people',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    batchId: uuid('batch_id')
      .notNull()
      .references(() => demoBatches.id),
  },
  (table) => [index('demo_people_batch').on(table.batchId)],
)
