import type { Db } from '@gangway/db/client'
import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { AnswersFilter } from '@gangway/schemas/answers'
import type { ExportFormat } from '@gangway/schemas/exports'
import { and, sql } from 'drizzle-orm'
import { matching, type Reading, steer } from '../answers/index.ts'
import { microsOf, newerThan, oldestOrder, type Position } from '../paging/index.ts'
import { CSV_HEADER, csvLine } from './csv.ts'
import { jsonLine, lineSchema } from './lines.ts'

/** Few enough to be held whole, many enough to be worth a call: about 2 MB. */
const ROWS_PER_CHUNK = 2000

/** What is exported. The same selection has the same chunks, whenever and however often it is read. */
export interface Selection {
  filter: AnswersFilter
  format: ExportFormat
  /** Nothing that was completed at this time or later: what comes in meanwhile would make the file another. */
  before: Date
  reading: Reading
}

/** Whole lines, oldest first. */
export interface Chunk {
  text: string
  rows: number
  /** Of its last row; undefined where it has none. */
  position: Position | undefined
}

/** How far somebody has come: `chunks` of them, the last of which ended at `position`. */
export interface Place {
  chunks: number
  position: Position | undefined
}

const BEGINNING: Place = { chunks: 0, position: undefined }

/**
 * The file in pieces, from a place on. There is always a first one, which may be empty. While one is used, the next is
 * read: no more than two are held, and no transaction is open meanwhile.
 */
export async function* readChunks(db: Db, selection: Selection, from: Place = BEGINNING): AsyncGenerator<Chunk, void> {
  let next: Promise<Chunk> | undefined = readChunk(db, selection, from)
  // Whoever stops early does not wait for it.
  next.catch(() => {})
  for (let chunks = from.chunks + 1; next; chunks++) {
    const chunk: Chunk = await next
    const isLast = chunk.rows < ROWS_PER_CHUNK
    next = isLast ? undefined : readChunk(db, selection, { chunks, position: chunk.position })
    next?.catch(() => {})
    if (chunk.rows > 0 || chunks === 1) yield chunk
  }
}

function readChunk(db: Db, { filter, before, format, reading }: Selection, { chunks, position }: Place): Promise<Chunk> {
  const { completedAt, sessionId } = snapshots
  const keys = { time: completedAt, id: sessionId }
  const completedBefore = new Date(Math.min(before.getTime(), filter.completedBefore?.getTime() ?? Infinity))
  const wanted = and(matching({ ...filter, completedBefore }), position && newerThan(keys, position))
  const order = sql.join(oldestOrder(keys), sql`, `)
  return inTransaction(db, async (tx) => {
    const chosen = tx
      .select()
      .from(snapshots)
      .where(wanted)
      .orderBy(...(reading === 'gathered' ? [sql`${completedAt} + interval '0'`, sql`${sessionId}`] : oldestOrder(keys)))
      .limit(ROWS_PER_CHUNK)
    const [, [found]] = await Promise.all([
      steer(tx, reading),
      tx.execute<{ rows: number; text: string; micros: string | null; id: string | null }>(sql`
        select count(*)::int as rows, coalesce(string_agg(line, '' order by ${order}), '') as text,
          (array_agg(micros order by ${order}))[count(*)] as micros, (array_agg(${sessionId} order by ${order}))[count(*)] as id
        from (select ${completedAt}, ${sessionId}, ${microsOf(completedAt)} as micros, ${jsonLine()} as line
              from ${chosen} as ${snapshots}) as ${snapshots}`),
    ])
    const { rows = 0, text = '', micros, id } = found ?? {}
    return { text: written(text, { format, isFirst: chunks === 0 }), rows, position: micros && id ? { micros, id } : undefined }
  })
}

function written(json: string, { format, isFirst }: { format: ExportFormat; isFirst: boolean }): string {
  if (format === 'ndjson') return json
  const lines = json.split('\n').filter((line) => line !== '')
  return (isFirst ? CSV_HEADER : '') + lines.map((line) => csvLine(lineSchema.parse(JSON.parse(line)))).join('')
}
