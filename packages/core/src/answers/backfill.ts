import { backfills, onboardingAnswerSnapshots as snapshots, onboardingSessions as sessions } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AnswersContext } from '../context.ts'
import { microsOf } from '../paging/index.ts'
import { aggregateSessions } from './aggregate.ts'

const NAME = 'answers'
/** Sessions written together, and between two places on record: so many are done twice when a replay is cut off. */
const BATCH = 100

export interface AnswersBackfill {
  /** Only counts. */
  dryRun?: boolean
  /** From the beginning, also when an earlier replay was cut off. */
  restart?: boolean
  /** Stops after the batch that is under way. */
  signal?: AbortSignal
  onProgress?: (progress: { done: number; total: number; failed: number }) => void
}

export interface AnswersBackfillReport {
  /** Completed sessions. */
  total: number
  /** Of these, those whose answers are not in the snapshots. */
  withoutSnapshot: number
  /** Done before, by a replay that was cut off. */
  resumedAfter: number
  replayed: number
  failed: number
  /** Nothing is left to replay. */
  finished: boolean
}

/**
 * Replays every completed session, oldest first, through what the worker does with it. Safe to repeat. How far it has come
 * is on record after each batch, so one that was cut off, however, goes on from there. A session that fails is in the log
 * under its id, and holds up no other.
 */
export async function backfillAnswers(
  ctx: AnswersContext,
  { dryRun = false, restart = false, signal, onProgress }: AnswersBackfill = {},
): Promise<AnswersBackfillReport> {
  const counts = await countCompleted(ctx)
  const known = restart ? undefined : await findPlace(ctx)
  const report = { ...counts, resumedAfter: known?.done ?? 0, replayed: 0, failed: 0, finished: false }
  if (dryRun) return report
  const startedAt = ctx.clock.now()
  let position = known?.position
  while (!signal?.aborted) {
    const batch = await completedAfter(ctx, position)
    const last = batch.at(-1)
    if (!last) {
      await inTransaction(ctx.db, (tx) => tx.delete(backfills).where(eq(backfills.name, NAME)))
      return { ...report, finished: true }
    }
    report.failed += await replay(ctx, batch)
    report.replayed += batch.length
    position = { micros: last.micros, id: last.id }
    const done = report.resumedAfter + report.replayed
    await keepPlace(ctx, { position, done, startedAt })
    onProgress?.({ done, total: Math.max(done, report.total), failed: report.failed })
  }
  return report
}

/** Completed, and with answers that are not older than is kept. */
const KEPT = and(eq(sessions.status, 'completed'), isNull(sessions.answersForgottenAt))

const positionSchema = z.object({ micros: z.string().regex(/^\d+$/), id: z.uuid() })
type Position = z.infer<typeof positionSchema>

/** How many failed. Throws what is transient: nothing that comes after it would fare better, and the place on record is that before the batch. */
async function replay(ctx: AnswersContext, batch: readonly { id: string }[]): Promise<number> {
  const failed = await aggregateSessions(ctx, { sessionIds: batch.map(({ id }) => id) })
  for (const [sessionId, error] of failed) {
    ctx.log.error({ err: error, errorId: ctx.ids.errorId(), sessionId }, 'a session could not be replayed')
  }
  return failed.size
}

async function findPlace({ db }: AnswersContext): Promise<{ position: Position; done: number } | undefined> {
  const [row] = await db.select().from(backfills).where(eq(backfills.name, NAME))
  const position = row && positionSchema.safeParse(parseJson(row.position)).data
  return position && { position, done: row.done }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface Place {
  position: Position
  done: number
  startedAt: Date
}

async function keepPlace(ctx: AnswersContext, { position, done, startedAt }: Place): Promise<void> {
  const place = { position: JSON.stringify(position), done, updatedAt: ctx.clock.now() }
  await inTransaction(ctx.db, (tx) =>
    tx
      .insert(backfills)
      .values({ name: NAME, startedAt, ...place })
      .onConflictDoUpdate({ target: backfills.name, set: place }),
  )
}

async function countCompleted({ db }: AnswersContext): Promise<{ total: number; withoutSnapshot: number }> {
  const [row] = await db
    .select({
      total: sql<number>`count(*)::int`,
      withoutSnapshot: sql<number>`(count(*) filter (where ${isNull(snapshots.sessionId)}))::int`,
    })
    .from(sessions)
    .leftJoin(snapshots, eq(snapshots.sessionId, sessions.id))
    .where(KEPT)
  return row ?? { total: 0, withoutSnapshot: 0 }
}

/** In the order of an index on the time; of one time, by id. */
function completedAfter({ db }: AnswersContext, after: Position | undefined): Promise<{ id: string; micros: string }[]> {
  const later = after
    ? sql`(${sessions.completedAt}, ${sessions.id}) > (timestamptz 'epoch' + ${after.micros}::bigint * interval '1 microsecond', ${after.id}::uuid)`
    : undefined
  return db
    .select({ id: sessions.id, micros: microsOf(sessions.completedAt) })
    .from(sessions)
    .where(and(KEPT, later))
    .orderBy(asc(sessions.completedAt), asc(sessions.id))
    .limit(BATCH)
}
