import { SAVED_VIEW_PAGES } from '@gangway/schemas/saved-views'
import { boolean, index, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

/** A filter of a staff page under a name. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: uuid().primaryKey().defaultRandom(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    page: text({ enum: SAVED_VIEW_PAGES }).notNull(),
    name: text().notNull(),
    /** The search part of the page's address. */
    query: text().notNull(),
    shared: boolean().notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    unique('saved_views_name').on(table.ownerId, table.page, table.name),
    index('saved_views_shared').on(table.page, table.shared),
  ],
)
