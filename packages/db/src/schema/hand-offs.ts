import { sql } from 'drizzle-orm'
import { index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { onboardingSessions } from './onboarding.ts'

/** A step that a colleague was asked to answer. The code and the browser that has it are stored as hashes. */
export const stepHandOffs = pgTable(
  'step_hand_offs',
  {
    id: uuid().primaryKey().defaultRandom(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => onboardingSessions.id, { onDelete: 'cascade' }),
    step: text().notNull(),
    email: text().notNull(),
    codeHash: text('code_hash').notNull().unique(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** The first browser that took it up; no other may answer. */
    claimHash: text('claim_hash'),
    /** What the colleague calls themselves. */
    colleague: text(),
    claimedAt: timestamp('claimed_at', { withTimezone: true }),
    answeredAt: timestamp('answered_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('step_hand_offs_one_open')
      .on(table.sessionId, table.step)
      .where(sql`answered_at is null and revoked_at is null`),
    index('step_hand_offs_session').on(table.sessionId, table.createdAt),
  ],
)
