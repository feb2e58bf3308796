import {
  WEBHOOK_DELIVERY_STATUSES,
  WEBHOOK_DISABLED_REASONS,
  WEBHOOK_EVENTS,
  WEBHOOK_MESSAGE_TYPES,
} from '@gangway/schemas/webhooks'
import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { SealedSecret } from './keys.ts'
import { organizations } from './organizations.ts'

// Webhooks out. What providers send to us is in webhook_events.

const time = (name: string) => timestamp(name, { withTimezone: true })

/** Where an organization, or an operator, wants to be told. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Null for the operators' own. */
    orgId: uuid('org_id').references(() => organizations.id, { onDelete: 'cascade' }),
    url: text().notNull(),
    description: text().notNull().default(''),
    events: text({ enum: WEBHOOK_EVENTS }).array().notNull(),
    /** Sealed with the org's id as associated data; `operators` for the operators' own. */
    sealed: jsonb().$type<SealedSecret>().notNull(),
    /** Signs as well until it expires. */
    previousSealed: jsonb('previous_sealed').$type<SealedSecret>(),
    previousExpiresAt: time('previous_expires_at'),
    /** Counts rotations: of two at once, one wins. */
    secretVersion: integer('secret_version').notNull().default(1),
    disabledReason: text('disabled_reason', { enum: WEBHOOK_DISABLED_REASONS }),
    failingSince: time('failing_since'),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [index('webhook_endpoints_org').on(table.orgId)],
)

/** What was told: one event, for everybody who subscribed to it. */
export const webhookMessages = pgTable(
  'webhook_messages',
  {
    id: uuid().primaryKey(),
    type: text({ enum: WEBHOOK_MESSAGE_TYPES }).notNull(),
    /** Text and not JSON: it is signed byte for byte. */
    body: text().notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [index('webhook_messages_age').on(table.createdAt)],
)

/** A message on its way to one endpoint. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid().primaryKey().defaultRandom(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    messageId: uuid('message_id')
      .notNull()
      .references(() => webhookMessages.id, { onDelete: 'cascade' }),
    status: text({ enum: WEBHOOK_DELIVERY_STATUSES }).notNull().default('pending'),
    /** Ever. */
    attempts: integer().notNull().default(0),
    /** Since it was first sent, or since somebody sent it again: gives the next pause. */
    tries: integer().notNull().default(0),
    /** A process is at it until then. */
    claimedUntil: time('claimed_until'),
    nextAttemptAt: time('next_attempt_at'),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('webhook_deliveries_once').on(table.endpointId, table.messageId),
    index('webhook_deliveries_message').on(table.messageId),
    index('webhook_deliveries_newest').on(table.createdAt.desc(), table.id.desc()),
    index('webhook_deliveries_of_endpoint').on(table.endpointId, table.createdAt.desc(), table.id.desc()),
    index('webhook_deliveries_unfinished')
      .on(table.status, table.createdAt.desc(), table.id.desc())
      .where(sql`status <> 'succeeded'`),
  ],
)

/** The log of a delivery. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    at: time('at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    status: integer(),
    error: text(),
    response: text().notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number] })],
)
