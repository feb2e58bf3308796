import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import { inRepeatableRead, type Tx } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AnswersContext } from '../context.ts'

/** Snapshots between two reports of progress. */
const BATCH = 10_000

export interface RebuildTotals {
  /** Gives up after the batch that is under way: nothing has changed then. */
  signal?: AbortSignal
  onProgress?: (progress: { done: number; total: number }) => void
}

export interface RebuiltTotals {
  /** Snapshots that were counted. */
  counted: number
  /** Answers whose total was wrong, and is right now. */
  corrected: number
  finished: boolean
}

/**
 * Counts all snapshots anew and corrects the totals by what they are off. All of it is about one moment, and what is off is
 * appended as deltas: completions, corrections, roll-ups and reads go on meanwhile, and nothing of theirs is lost or
 * counted twice. Two rebuilds come one after the other.
 */
export async function rebuildTotals(ctx: AnswersContext, { signal, onProgress }: RebuildTotals = {}): Promise<RebuiltTotals> {
  return inRepeatableRead(ctx.db, async (tx) => {
    // Before anything is read: the moment that this is about begins with the first read, when no other rebuild is under way.
    await tx.execute(sql`lock table onboarding_answer_group_totals in share update exclusive mode`)
    const total = await tx.$count(snapshots)
    await tx.execute(sql`create temporary table recounted (line text not null, people integer not null) on commit drop`)
    let place: Place | undefined
    for (let done = 0; ;) {
      if (signal?.aborted) return { counted: done, corrected: 0, finished: false }
      place = await countBatch(tx, place)
      if (!place) return { counted: done, corrected: await correct(tx), finished: true }
      done += place.rows
      onProgress?.({ done, total })
    }
  })
}

const placesSchema = z.array(z.object({ rows: z.number(), at: z.string(), id: z.string() }))
type Place = z.infer<typeof placesSchema>[number]

/** Counts the next batch, older ones after newer ones as an index has them, and answers where it ends; undefined when there is none. */
async function countBatch(tx: Tx, after: Place | undefined): Promise<Place | undefined> {
  const older = after ? sql`where (completed_at, session_id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const found = await tx.execute(sql`
    with batch as materialized (
      select completed_at, session_id, flat from onboarding_answer_snapshots ${older}
      order by completed_at desc nulls last, session_id desc nulls last limit ${BATCH}
    ), counted as (
      insert into recounted (line, people) select left(term, 240), count(*) from batch cross join unnest(flat) as term group by 1
    )
    select (count(*) over ())::int as rows, completed_at::text as at, session_id as id
    from batch order by completed_at, session_id limit 1`)
  return placesSchema.parse([...found])[0]
}

/** Appends by how much each total is off, and answers how many were. */
async function correct(tx: Tx): Promise<number> {
  const off = await tx.execute(sql`
    with counted as (
      select p.step, p.field, p.value, people
      from (select line, sum(people) as people from recounted group by line) lines cross join parts_of_answer(line) p
    ), known as (
      select step, field, value, sum(total) as total from (
        select step, field, value, total from onboarding_answer_group_totals
        union all select step, field, value, delta from onboarding_answer_deltas
      ) each group by step, field, value
    )
    insert into onboarding_answer_deltas (step, field, value, delta)
    select step, field, value, coalesce(people, 0) - coalesce(total, 0)
    from counted full join known using (step, field, value)
    where coalesce(people, 0) <> coalesce(total, 0)`)
  return off.count
}
