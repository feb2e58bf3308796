import type { AnswersFilter } from '@gangway/schemas/answers'
import { EXPORT_FORMATS, EXPORT_STATES } from '@gangway/schemas/exports'
import {
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './auth.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const at = (name: string) => timestamp(name, { withTimezone: true })

/** An export that somebody asked for in the staff app. Its states and transitions stand in core's exports/run-export.ts. */
export const exports = pgTable(
  'exports',
  {
    id: uuid().primaryKey().defaultRandom(),
    actorId: uuid('actor_id').references(() => users.id, { onDelete: 'set null' }),
    state: text({ enum: EXPORT_STATES }).notNull().default('queued'),
    format: text({ enum: EXPORT_FORMATS }).notNull(),
    gzip: boolean().notNull(),
    /** As it was asked for: times are text in here. */
    filter: jsonb().$type<Partial<Record<keyof AnswersFilter, unknown>>>().notNull(),
    /** Nothing that was completed at this time or later is in it, however long it takes. */
    before: at('before').notNull(),
    expected: integer().notNull(),
    expectedExact: boolean('expected_exact').notNull(),
    rows: integer().notNull().default(0),
    chunks: integer().notNull().default(0),
    plainBytes: bigint('plain_bytes', { mode: 'number' }).notNull().default(0),
    gzipBytes: bigint('gzip_bytes', { mode: 'number' }).notNull().default(0),
    /** Of the last row that is written; null at the beginning and at the end. */
    position: jsonb().$type<{ micros: string; id: string }>(),
    /** Of the file, once it is whole. */
    sha256: text(),
    failure: jsonb().$type<{ code: string; errorId: string }>(),
    createdAt: at('created_at').notNull(),
    finishedAt: at('finished_at'),
    expiresAt: at('expires_at'),
  },
  (table) => [index('exports_newest').on(table.createdAt.desc(), table.id.desc()), index('exports_expiring').on(table.expiresAt)],
)

/** A piece of an export's file: whole lines, as one member of gzip. The file is its chunks in order, unpacked or not. */
export const exportChunks = pgTable(
  'export_chunks',
  {
    exportId: uuid('export_id')
      .notNull()
      .references(() => exports.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    /** Where it begins in the file, and how long it is, unpacked and packed. */
    plainFrom: bigint('plain_from', { mode: 'number' }).notNull(),
    plainBytes: integer('plain_bytes').notNull(),
    gzipFrom: bigint('gzip_from', { mode: 'number' }).notNull(),
    gzipBytes: integer('gzip_bytes').notNull(),
    data: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.exportId, table.seq] })],
)

/** What became of the answers of one UTC day in the nightly export. */
export const answerExportDays = pgTable('answer_export_days', {
  day: date({ mode: 'string' }).primaryKey(),
  rows: integer().notNull(),
  /** Completed sessions that had no snapshot by then. */
  missing: integer().notNull(),
  /** The last row of each part that was, or is, loaded into the warehouse; null for the last part. */
  ends: jsonb().$type<({ micros: string; id: string } | null)[]>().notNull().default([]),
  sha256: text(),
  /** Where the file is. */
  file: text(),
  writtenAt: at('written_at'),
  loadedAt: at('loaded_at'),
})
