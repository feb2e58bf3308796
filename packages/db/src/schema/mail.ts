import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Mail that was sent, or would have been where no SMTP server is configured. */
export const mailOutbox = pgTable('mail_outbox', {
  id: uuid().primaryKey().defaultRandom(),
  /** Repeats of one mail are one mail. */
  dedupeKey: text('dedupe_key').notNull().unique(),
  recipient: text().notNull(),
  subject: text().notNull(),
  textBody: text('text_body').notNull(),
  htmlBody: text('html_body').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})
