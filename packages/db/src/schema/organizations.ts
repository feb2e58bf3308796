import { MEMBER_ROLES } from '@gangway/schemas/organizations'
import { PLAN_IDS } from '@gangway/schemas/plans'
import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow()

/** One live organization per run; an abandoned one gives its slug back. */
export const organizations = pgTable(
  'organizations',
  {
    id: uuid().primaryKey().defaultRandom(),
    runId: uuid('run_id').notNull(),
    slug: text().notNull(),
    name: text().notNull(),
    status: text({ enum: ['provisioning', 'onboarded', 'abandoned'] })
      .notNull()
      .default('provisioning'),
    /** The dataset's name in the warehouse. */
    workspace: text(),
    onboardedAt: timestamp('onboarded_at', { withTimezone: true }),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('organizations_slug')
      .on(table.slug)
      .where(sql`status <> 'abandoned'`),
    index('organizations_newest').on(table.createdAt.desc(), table.id.desc()),
    uniqueIndex('organizations_live_of_run')
      .on(table.runId)
      .where(sql`status <> 'abandoned'`),
  ],
)

export const organizationMembers = pgTable(
  'organization_members',
  {
    orgId: uuid('org_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text({ enum: MEMBER_ROLES }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.userId] }), index('organization_members_user').on(table.userId)],
)

export const subscriptions = pgTable('subscriptions', {
  id: uuid().primaryKey().defaultRandom(),
  orgId: uuid('org_id')
    .notNull()
    .unique()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  checkoutSessionId: text('checkout_session_id').notNull().unique(),
  plan: text({ enum: PLAN_IDS }).notNull(),
  status: text({ enum: ['active', 'past_due', 'cancelled'] }).notNull(),
  provider: text().notNull(),
  providerSubscriptionId: text('provider_subscription_id'),
  createdAt: createdAt(),
})

/** Expiry, acceptance and revocation give an invite's state; the code itself is stored as a hash. */
export const invites = pgTable(
  'invites',
  {
    id: uuid().primaryKey().defaultRandom(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: text({ enum: MEMBER_ROLES }).notNull(),
    codeHash: text('code_hash').notNull().unique(),
    invitedBy: uuid('invited_by').references(() => users.id, { onDelete: 'set null' }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    acceptedAt: timestamp('accepted_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    remindedAt: timestamp('reminded_at', { withTimezone: true }),
    /** The reminder brings a code of its own, since the first one is known to the invited person only; both work. */
    reminderCodeHash: text('reminder_code_hash').unique(),
    createdAt: createdAt(),
  },
  (table) => [
    index('invites_email').on(table.email),
    index('invites_to_remind')
      .on(table.expiresAt)
      .where(sql`accepted_at is null and revoked_at is null and reminded_at is null`),
  ],
)
