import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { organizations } from './organizations.ts'

/** What the vault makes of a secret: everything that opening it needs but the key that wrapped it. Base64. */
export interface SealedSecret {
  keyId: string
  wrappedDataKey: string
  iv: string
  ciphertext: string
  tag: string
}

/** Only a hash, the first characters and a fingerprint of a key are kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey().defaultRandom(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** Set on the key that a run made: one run has one live key. */
    runId: uuid('run_id'),
    prefix: text().notNull(),
    hash: text().notNull().unique(),
    fingerprint: text().notNull(),
    scopes: text().array().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    /** The key that came in its place. */
    replacedBy: uuid('replaced_by'),
  },
  (table) => [
    index('api_keys_org').on(table.orgId),
    uniqueIndex('api_keys_live_of_run')
      .on(table.runId)
      .where(sql`revoked_at is null`),
  ],
)

/** The ciphertext lives until the owner has saved the key or the reveal expires; the row stays to say which. */
export const keyReveals = pgTable(
  'key_reveals',
  {
    apiKeyId: uuid('api_key_id')
      .primaryKey()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    sealed: jsonb().$type<SealedSecret>(),
    /** Null until the last stage opens the reveal. */
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    revealedAt: timestamp('revealed_at', { withTimezone: true }),
    savedAt: timestamp('saved_at', { withTimezone: true }),
  },
  (table) => [index('key_reveals_org').on(table.orgId), index('key_reveals_user').on(table.userId)],
)
