import type { Db } from '@gangway/db/client'
import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { AnswersFilter } from '@gangway/schemas/answers'
import type { ExportFormat } from '@gangway/schemas/exports'
import { and, sql, type SQL } from 'drizzle-orm'
import { isListed, matching, type Reading, steer } from '../answers/index.ts'
import { isReal } from '../demo/is-real.ts'
import { betweenTimes, microsOf, newerThan, notNewerThan, oldestOrder, type Position } from '../paging/index.ts'
import { CSV_HEADER, csvLine } from './csv.ts'
import { lineFields, parseLine } from './lines.ts'

/** Few enough to be held whole, many enough to be worth a call: about 4 MB. */
const ROWS_PER_CHUNK = 5000
/** So many are read while one is used: Postgres has processors as well. */
const AHEAD = 3

/** What is exported. The same selection has the same chunks, whenever and however often it is read. */
export interface Selection {
  filter: AnswersFilter
  format: ExportFormat
  /** Nothing that was completed at this time or later: what comes in meanwhile would make the file another. */
  before: Date
  reading: Reading
  /** Nobody who was made up. */
  onlyReal?: boolean
}

/** Whole lines, oldest first. */
export interface Chunk {
  text: string
  rows: number
  /** Where the next one begins; undefined after the last. */
  position: Position | undefined
}

/** How far somebody has come: so many chunks, up to this row. */
export interface Place {
  chunks: number
  position: Position | undefined
}

/**
 * The file in pieces, from a place on. There is always a first one, which may be empty. A few are read ahead, and no
 * transaction is open while one is used.
 */
export async function* readChunks(
  db: Db,
  selection: Selection,
  { chunks, position }: Place = { chunks: 0, position: undefined },
): AsyncGenerator<Chunk, void> {
  const ahead: Promise<Chunk>[] = []
  let place: Place | undefined = { chunks, position }

  async function readAhead(): Promise<void> {
    while (place && ahead.length < AHEAD) {
      const end = await endOfChunk(db, selection, place.position)
      const reading = readChunk(db, selection, { ...place, end })
      // Its failure is met when its turn comes.
      reading.catch(() => {})
      ahead.push(reading)
      place = end && { chunks: place.chunks + 1, position: end }
    }
  }

  try {
    await readAhead()
    for (let reading = ahead.shift(); reading; reading = ahead.shift()) {
      const chunk = await reading
      await readAhead()
      yield chunk
    }
  } finally {
    // Whoever stops early leaves nothing under way.
    await Promise.allSettled(ahead)
  }
}

const KEYS = { time: snapshots.completedAt, id: snapshots.sessionId }

/** The last row of the chunk after `position`; undefined where it is the last one. Read from an index alone. */
export async function endOfChunk(db: Db, selection: Selection, position: Position | undefined): Promise<Position | undefined> {
  const chosen = sql`
    select ${microsOf(KEYS.time)} as micros, ${KEYS.id} as id from ${snapshots} where ${wanted(selection, position)}
    order by ${ordered(selection)} offset ${ROWS_PER_CHUNK - 1} limit 1`
  const [end] = await ask<{ micros: string; id: string }>(db, { selection, query: chosen })
  return end && { micros: end.micros, id: end.id }
}

/** What is between two rows: all that there is, where the second one is not given. */
export async function readChunk(
  db: Db,
  selection: Selection,
  { chunks, position, end }: Place & { end: Position | undefined },
): Promise<Chunk> {
  const where = and(
    wanted(selection, position),
    end && notNewerThan(KEYS, end),
    position && end && betweenTimes(KEYS, position, end),
  )
  const chosen = sql`select * from ${snapshots} where ${where} order by ${ordered(selection)} offset 0`
  // One row for all lines: a message for each would take the driver longer than the database needs to write them.
  const lines = sql`select row_to_json(line)::text as text from (select ${lineFields()} from (${chosen}) as ${snapshots}) as line`
  const query = sql`select count(*)::int as rows, string_agg(text, ${'\n'}) as text from (${lines}) as lines`
  const [found] = await ask<{ rows: number; text: string | null }>(db, { selection, query })
  const json = found?.text ? `${found.text}\n` : ''
  return { text: written(json, { format: selection.format, isFirst: chunks === 0 }), rows: found?.rows ?? 0, position: end }
}

function wanted({ filter, before, onlyReal }: Selection, position: Position | undefined): SQL | undefined {
  const completedBefore = new Date(Math.min(before.getTime(), filter.completedBefore?.getTime() ?? Infinity))
  const real = onlyReal ? isReal(snapshots.userId) : undefined
  return and(matching({ ...filter, completedBefore }), real, position && newerThan(KEYS, position))
}

function ordered({ reading }: Selection): SQL {
  const gathered = [sql`${KEYS.time} + interval '0'`, sql`${KEYS.id}`]
  return sql.join(reading === 'gathered' ? gathered : oldestOrder(KEYS), sql`, `)
}

async function ask<Row extends Record<string, unknown>>(db: Db, { selection, query }: { selection: Selection; query: SQL }) {
  if (!isListed(selection.filter)) return db.execute<Row>(query)
  return inTransaction(db, async (tx) => (await Promise.all([steer(tx, selection.reading), tx.execute<Row>(query)]))[1])
}

function written(json: string, { format, isFirst }: { format: ExportFormat; isFirst: boolean }): string {
  if (format === 'ndjson') return json
  const lines = json.split('\n').filter((line) => line !== '')
  return (isFirst ? CSV_HEADER : '') + lines.map((line) => csvLine(parseLine(line))).join('')
}
