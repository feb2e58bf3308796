import {
  answerExportDays as days,
  onboardingAnswerSnapshots as snapshots,
  onboardingSessions as sessions,
} from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, gte, isNull, lt, sql } from 'drizzle-orm'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { NightlyExportContext } from '../context.ts'
import { isReal } from '../demo/is-real.ts'
import type { Position } from '../paging/index.ts'
import type { ExportTarget, WarehouseRow } from '../ports/index.ts'
import { type Line, parseLine } from './lines.ts'
import { pack } from './pack.ts'
import { endOfChunk, readChunk, readChunks, type Selection } from './read-chunks.ts'

const DAY_MS = 86_400_000
const TABLE = 'org_onboarding_answers'

interface DayReport {
  rows: number
  /** Completed sessions that have no snapshot. */
  missing: number
}

/** How many completed a UTC day, and how many of them have no snapshot yet. */
export async function surveyDay(ctx: NightlyExportContext, day: string): Promise<DayReport> {
  const { from, before } = windowOf(day)
  const [[counted], [lacking]] = await Promise.all([
    ctx.db
      .select({ value: sql<number>`count(*)::int` })
      .from(snapshots)
      .where(and(gte(snapshots.completedAt, from), lt(snapshots.completedAt, before), isReal(snapshots.userId))),
    ctx.db
      .select({ value: sql<number>`count(*)::int` })
      .from(sessions)
      .leftJoin(snapshots, eq(snapshots.sessionId, sessions.id))
      .where(
        and(
          eq(sessions.status, 'completed'),
          gte(sessions.completedAt, from),
          lt(sessions.completedAt, before),
          isNull(snapshots.sessionId),
        ),
      ),
  ])
  return { rows: counted?.value ?? 0, missing: lacking?.value ?? 0 }
}

interface Day {
  /** `2026-11-21`, in UTC. */
  day: string
  missing: number
}

/** Leaves the file of a day and its manifest where files are left, the manifest last. Once, and on record; a repeat of what was cut off ends in the same. */
export async function leaveFile(ctx: NightlyExportContext, { day, missing }: Day): Promise<void> {
  if (!ctx.exportTarget || (await findDay(ctx, day))?.writtenAt) return
  const written = await writeDay(ctx, ctx.exportTarget, { day, missing })
  await record(ctx, day, { missing, ...written, writtenAt: ctx.clock.now() })
}

/** Loads a day into the warehouse. Once, and on record, as well. */
export async function loadIntoWarehouse(ctx: NightlyExportContext, { day, missing }: Day): Promise<void> {
  if ((await findDay(ctx, day))?.loadedAt) return
  const rows = await loadDay(ctx, { day, missing })
  await record(ctx, day, { missing, rows, loadedAt: ctx.clock.now() })
}

async function findDay({ db }: NightlyExportContext, day: string) {
  const [found] = await db.select().from(days).where(eq(days.day, day))
  return found
}

async function writeDay(ctx: NightlyExportContext, target: ExportTarget, { day, missing }: Day) {
  const file = `answers-${day}.ndjson.gz`
  const versions = new Set<number>()
  let rows = 0
  async function* content() {
    for await (const chunk of readChunks(ctx.db, selectionOf(day))) {
      rows += chunk.rows
      for (const { answer_schema_version: version } of linesOf(chunk.text)) versions.add(version)
      yield await pack(Buffer.from(chunk.text))
    }
  }
  const { bytes, sha256 } = await target.write(file, content())
  const manifest = {
    day,
    file,
    count: rows,
    missing,
    bytes,
    sha256,
    answer_schema_versions: [...versions].toSorted((a, b) => a - b),
  }
  await target.write(`answers-${day}.manifest.json`, only(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)))
  return { rows, sha256, file: `${target.place}/${file}` }
}

async function loadDay(ctx: NightlyExportContext, { day, missing }: Day): Promise<number> {
  const recordedAt = ctx.clock.now()
  await ctx.db.insert(days).values({ day, missing, rows: 0 }).onConflictDoNothing()
  let [part, rows] = [0, 0]
  let position: Position | undefined
  do {
    const end = await agreeOnEnd(ctx, { day, part, position })
    const chunk = await readChunk(ctx.db, selectionOf(day), { chunks: part, position, end })
    const lines = linesOf(chunk.text).map((line) => rowOf(line, recordedAt))
    // Named after the day and its part: a repeat of the job adds nothing.
    if (lines.length > 0) await ctx.warehouse.loadRows(CENTRAL_DATASET, TABLE, { jobId: `answers-${day}-${part}`, rows: lines })
    part += 1
    rows += chunk.rows
    position = end
  } while (position)
  return rows
}

/** Parts of a day end where the first who loaded them found their ends, whoever has been forgotten or came late since. */
async function agreeOnEnd(
  ctx: NightlyExportContext,
  { day, part, position }: { day: string; part: number; position: Position | undefined },
): Promise<Position | undefined> {
  const ends = (await findDay(ctx, day))?.ends ?? []
  if (part < ends.length) return ends[part] ?? undefined
  const found = JSON.stringify([(await endOfChunk(ctx.db, selectionOf(day), position)) ?? null])
  await ctx.db
    .update(days)
    .set({ ends: sql`${days.ends} || ${found}::text::jsonb` })
    .where(and(eq(days.day, day), sql`jsonb_array_length(${days.ends}) = ${part}`))
  return (await findDay(ctx, day))?.ends[part] ?? undefined
}

/** Whoever belongs to no organization has none in the warehouse either, where the column takes no null. */
function rowOf({ email: _email, plan: _plan, ...line }: Line, recordedAt: Date): WarehouseRow {
  return { ...line, org_slug: line.org_slug ?? '', completed_at: new Date(line.completed_at), recorded_at: recordedAt }
}

async function record(
  ctx: NightlyExportContext,
  day: string,
  done: Partial<typeof days.$inferInsert> & DayReport,
): Promise<void> {
  await inTransaction(ctx.db, (tx) =>
    tx
      .insert(days)
      .values({ day, ...done })
      .onConflictDoUpdate({ target: days.day, set: done }),
  )
}

function selectionOf(day: string): Selection {
  const { from, before } = windowOf(day)
  return { filter: { completedFrom: from }, format: 'ndjson', before, reading: 'in_order', onlyReal: true }
}

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine)
}

function windowOf(day: string): { from: Date; before: Date } {
  const from = new Date(`${day}T00:00:00Z`)
  return { from, before: new Date(from.getTime() + DAY_MS) }
}

async function* only(content: Buffer): AsyncGenerator<Buffer, void> {
  yield content
}
