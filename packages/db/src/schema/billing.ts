import { PLAN_IDS } from '@gangway/schemas/plans'
import { SANDBOX_DELIVERIES } from '@gangway/schemas/checkout'
import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

/** Our record of a checkout. Written before the provider is asked, so that a lost reply loses nothing. */
export const checkouts = pgTable(
  'checkouts',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    checkoutSessionId: text('checkout_session_id').unique(),
    plan: text({ enum: PLAN_IDS }).notNull(),
    slug: text().notNull(),
    companyName: text('company_name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('checkouts_user').on(table.userId, table.createdAt)],
)

/** Holds a slug for as long as its checkout can be paid. */
export const slugReservations = pgTable('slug_reservations', {
  slug: text().primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  checkoutId: uuid('checkout_id')
    .notNull()
    .references(() => checkouts.id, { onDelete: 'cascade' }),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
})

/** What a provider told us, each event once. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: text().primaryKey(),
    provider: text().notNull(),
    type: text().notNull(),
    objectId: text('object_id').notNull(),
    payload: jsonb().notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('webhook_events_object').on(table.type, table.objectId, table.receivedAt)],
)

/** The sandbox's own books: what a payment provider would keep on its side. */
export const sandboxCheckouts = pgTable('sandbox_checkouts', {
  id: text().primaryKey(),
  /** Repeats of one creation find the first. */
  idempotencyKey: text('idempotency_key').notNull().unique(),
  status: text({ enum: ['open', 'complete', 'expired'] })
    .notNull()
    .default('open'),
  paymentStatus: text('payment_status', { enum: ['unpaid', 'paid'] })
    .notNull()
    .default('unpaid'),
  userId: uuid('user_id').notNull(),
  plan: text({ enum: PLAN_IDS }).notNull(),
  slug: text().notNull(),
  companyName: text('company_name').notNull(),
  amount: integer().notNull(),
  currency: text().notNull(),
  successUrl: text('success_url').notNull(),
  cancelUrl: text('cancel_url').notNull(),
  delivery: text({ enum: SANDBOX_DELIVERIES }),
  /** A payment that clears later is paid from this time on. */
  clearsAt: timestamp('clears_at', { withTimezone: true }),
  paidAt: timestamp('paid_at', { withTimezone: true }),
  refundedAt: timestamp('refunded_at', { withTimezone: true }),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
})
