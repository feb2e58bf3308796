import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { onboardingSessions } from './onboarding.ts'

/** Every mail that was written. `carrier` says how it leaves: `outbox` is for reading here, and does not. */
export const mailOutbox = pgTable(
  'mail_outbox',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Repeats of one mail are one mail. */
    dedupeKey: text('dedupe_key').notNull().unique(),
    recipient: text().notNull(),
    subject: text().notNull(),
    /** Null once the mail has left or was given up: it can hold links that let people in. */
    textBody: text('text_body'),
    htmlBody: text('html_body'),
    unsubscribeUrl: text('unsubscribe_url'),
    carrier: text({ enum: ['outbox', 'smtp'] })
      .notNull()
      .default('outbox'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    /** While an attempt is under way it lies ahead, so that whoever dies in it is followed by another. */
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull().defaultNow(),
    sentAt: timestamp('sent_at', { withTimezone: true }),
    refusedAt: timestamp('refused_at', { withTimezone: true }),
    /** What the server said last, for staff. */
    lastError: text('last_error'),
  },
  (table) => [
    index('mail_outbox_newest').on(table.createdAt.desc(), table.id.desc()),
    index('mail_outbox_due')
      .on(table.nextAttemptAt)
      .where(sql`sent_at is null and refused_at is null`),
  ],
)

/** What somebody has switched off. No row: nothing. */
export const mailPreferences = pgTable('mail_preferences', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  nudgesOffAt: timestamp('nudges_off_at', { withTimezone: true }),
})

/** The nudges of a session that was left open: one of each kind, ever. */
export const onboardingNudges = pgTable(
  'onboarding_nudges',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => onboardingSessions.id, { onDelete: 'cascade' }),
    afterHours: integer('after_hours').notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.afterHours] })],
)

/** What staff were told of by mail. An alert has begun at `begunAt` and goes on until `endedAt`. */
export const alertMails = pgTable('alert_mails', {
  kind: text().primaryKey(),
  begunAt: timestamp('begun_at', { withTimezone: true }).notNull(),
  endedAt: timestamp('ended_at', { withTimezone: true }),
  mailedAt: timestamp('mailed_at', { withTimezone: true }).notNull(),
})
