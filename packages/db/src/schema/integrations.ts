import { INTEGRATION_HEALTHS, PROVIDER_IDS } from '@gangway/schemas/integrations'
import { index, integer, jsonb, pgTable, smallint, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import type { SealedSecret } from './keys.ts'
import { organizations } from './organizations.ts'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** One key per organization and provider; another one takes its place in the same row. */
export const integrationCredentials = pgTable(
  'integration_credentials',
  {
    id: uuid().primaryKey().defaultRandom(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    provider: text({ enum: PROVIDER_IDS }).notNull(),
    /** Bound to the organization's id. */
    sealed: jsonb().$type<SealedSecret>().notNull(),
    lastFour: text('last_four').notNull(),
    /** Counts the keys: what was found out about one says nothing of the next. */
    revision: integer().notNull().default(1),
    health: text({ enum: INTEGRATION_HEALTHS }).notNull(),
    errorCode: text('error_code'),
    checkedAt: at('checked_at').notNull(),
    nextCheckAt: at('next_check_at').notNull(),
    connectedBy: uuid('connected_by').references(() => users.id, { onDelete: 'set null' }),
    connectedAt: at('connected_at').notNull(),
    replacedAt: at('replaced_at'),
    /** The UTC hour of the daily run. */
    scheduleHour: smallint('schedule_hour'),
    nextRunAt: at('next_run_at'),
  },
  (table) => [
    unique('integration_credentials_org_provider').on(table.orgId, table.provider),
    index('integration_credentials_check_due').on(table.nextCheckAt),
    index('integration_credentials_run_due').on(table.nextRunAt),
  ],
)
