import { boolean, integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow()
const updatedAt = () => timestamp('updated_at', { withTimezone: true }).notNull().defaultNow()

export const starterKits = pgTable('starter_kits', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  status: text({ enum: ['pending', 'ready', 'incomplete'] })
    .notNull()
    .default('pending'),
  attempts: integer().notNull().default(0),
  errorId: text('error_id'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

/** A person has one space of kind `personal`. */
export const spaces = pgTable(
  'spaces',
  {
    id: uuid().primaryKey().defaultRandom(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['personal'] }).notNull(),
    name: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique('spaces_owner_kind').on(table.ownerId, table.kind)],
)

export const notebooks = pgTable(
  'notebooks',
  {
    id: uuid().primaryKey().defaultRandom(),
    spaceId: uuid('space_id')
      .notNull()
      .references(() => spaces.id, { onDelete: 'cascade' }),
    /** Names a notebook that the product made; a person's own have none. */
    starterKey: text('starter_key'),
    title: text().notNull(),
    visibility: text({ enum: ['private', 'shared'] })
      .notNull()
      .default('private'),
    tags: text().array().notNull().default([]),
    createdAt: createdAt(),
  },
  (table) => [unique('notebooks_space_starter_key').on(table.spaceId, table.starterKey)],
)

export const documents = pgTable(
  'documents',
  {
    id: uuid().primaryKey().defaultRandom(),
    notebookId: uuid('notebook_id')
      .notNull()
      .references(() => notebooks.id, { onDelete: 'cascade' }),
    starterKey: text('starter_key'),
    position: integer().notNull().default(0),
    title: text().notNull(),
    /** Markdown. */
    body: text().notNull(),
    isSample: boolean('is_sample').notNull().default(false),
    /** Set once a person has changed a sample: it is theirs from then on. */
    editedAt: timestamp('edited_at', { withTimezone: true }),
    /** Removed samples stay as tombstones, so that they are not made again. */
    removedAt: timestamp('removed_at', { withTimezone: true }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [unique('documents_notebook_starter_key').on(table.notebookId, table.starterKey)],
)

export const assistants = pgTable(
  'assistants',
  {
    id: uuid().primaryKey().defaultRandom(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    notebookId: uuid('notebook_id')
      .notNull()
      .references(() => notebooks.id, { onDelete: 'cascade' }),
    starterKey: text('starter_key'),
    name: text().notNull(),
    type: text({ enum: ['qa'] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique('assistants_owner_starter_key').on(table.ownerId, table.starterKey)],
)
