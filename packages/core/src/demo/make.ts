import { setImmediate as nextTurn } from 'node:timers/promises'
import { demoBatches } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { rollUpTotals } from '../answers/index.ts'
import { analyzeDemo } from './analyze.ts'
import type { BaseContext } from '../context.ts'
import { type DemoBatch, openBatch, type WantedBatch } from './batch.ts'
import { spanOf } from './calendar.ts'
import { publishDemoQuestions } from './questions.ts'
import { type Telling, tellPerson, type ToldPerson } from './tell-person.ts'
import { writePeople } from './write-people.ts'

/** People of one transaction. */
const CHUNK = 500
/** So many are told between two looks at what the database has answered. */
const AT_A_TIME = 10

export interface MakeDemo extends WantedBatch {
  /** Stops after the people who are being written. */
  signal?: AbortSignal
  onProgress?: (progress: { done: number; total: number }) => void
}

export interface DemoReport {
  batch: Pick<DemoBatch, 'id' | 'code' | 'seed' | 'people' | 'days'>
  /** Made before, by a call that was cut off. */
  resumedAfter: number
  made: number
  finished: boolean
}

/**
 * Makes up people with their sessions, answers, telemetry, checkouts and runs of the days up to now. What they have done is
 * worked out by the functions that do it for real people, and written in bulk. Nothing leaves Postgres: no job is queued, no
 * mail written, no dataset made.
 *
 * A batch that was cut off, however, is gone on with; of several who make one batch at once, each person is made by one.
 */
export async function makeDemo(ctx: BaseContext, { signal, onProgress, ...wanted }: MakeDemo): Promise<DemoReport> {
  const batch = await openBatch(ctx, wanted)
  const { id, code, seed, people, days } = batch
  const span = spanOf(batch)
  const telling: Telling = { seed: `${seed}:${people}:${days}`, code, span }
  await openMonths(ctx, new Date(span.from))
  await inTransaction(ctx.db, (tx) => publishDemoQuestions(tx, new Date(span.from)))

  const report = { batch: { id, code, seed, people, days }, resumedAfter: batch.made, made: 0, finished: false }
  let from = batch.made
  let next = tellChunk(telling, { from, people })
  while (from < people && !signal?.aborted) {
    const chunk = await next
    const to = from + chunk.length
    // The next ones are told while these are written.
    next = tellChunk(telling, { from: to, people })
    const [written] = await Promise.all([write(ctx, { batch, from, chunk }), next])
    if (written) {
      from = to
      report.made += chunk.length
      onProgress?.({ done: from, total: people })
      continue
    }
    const made = await madeOf(ctx, id)
    if (made === undefined) break
    from = made
    next = tellChunk(telling, { from, people })
  }
  await rollUpTotals(ctx)
  await analyzeDemo(ctx)
  return { ...report, finished: from >= people }
}

/** In two transactions: each takes the locks of its own tables. */
async function openMonths({ db }: BaseContext, since: Date): Promise<void> {
  const time = since.toISOString()
  await inTransaction(db, (tx) => tx.execute(sql`select open_demo_telemetry(${time}::timestamptz)`))
  await inTransaction(db, (tx) => tx.execute(sql`select open_demo_journal(${time}::timestamptz)`))
}

async function tellChunk(telling: Telling, { from, people }: { from: number; people: number }): Promise<ToldPerson[]> {
  const told: ToldPerson[] = []
  for (let n = from; n < Math.min(from + CHUNK, people); n++) {
    if (told.length % AT_A_TIME === 0) await nextTurn()
    told.push(tellPerson(telling, n))
  }
  return told
}

interface Written {
  batch: DemoBatch
  from: number
  chunk: readonly ToldPerson[]
}

/** False where somebody else was faster, or the batch is being removed. */
function write(ctx: BaseContext, { batch, from, chunk }: Written): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const mine = await tx
      .update(demoBatches)
      .set({ made: from + chunk.length })
      .where(and(eq(demoBatches.id, batch.id), eq(demoBatches.made, from), isNull(demoBatches.removedAt)))
      .returning({ id: demoBatches.id })
    if (mine.length === 0) return false
    await writePeople(tx, { batchId: batch.id, people: chunk, at: batch.until })
    return true
  })
}

/** Undefined where the batch is being removed. */
async function madeOf({ db }: BaseContext, id: string): Promise<number | undefined> {
  const [batch] = await db
    .select({ made: demoBatches.made })
    .from(demoBatches)
    .where(and(eq(demoBatches.id, id), isNull(demoBatches.removedAt)))
  return batch?.made
}
