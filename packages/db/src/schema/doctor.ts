import type { Finding } from '@gangway/schemas/doctor'
import { jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organizations } from './organizations.ts'

/** How each organization was when the doctor looked last. */
export const organizationHealth = pgTable('organization_health', {
  orgId: uuid('org_id')
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  status: text({ enum: ['healthy', 'differs', 'unknown'] }).notNull(),
  findings: jsonb().$type<Finding[]>().notNull().default([]),
  errorId: text('error_id'),
  examinedAt: timestamp('examined_at', { withTimezone: true }).notNull(),
})
