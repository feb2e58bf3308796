import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { BaseContext } from '../context.ts'

const lagSchema = z.tuple([
  z.object({
    median: z.number().nullable(),
    p90: z.number().nullable(),
    p99: z.number().nullable(),
    waiting: z.number(),
    oldest: z.number(),
  }),
])

/** From completions until admins see them, in seconds; null when there were none. And the deltas that wait for the roll-up. */
export type AnswersLag = z.infer<typeof lagSchema>[0]

/** Of the newest 1,000 completions of the last hour. */
export async function readAnswersLag({ db, clock }: BaseContext): Promise<AnswersLag> {
  const hourAgo = new Date(clock.now().getTime() - 60 * 60 * 1000).toISOString()
  const found = await db.execute(sql`
    with recent as (
      select extract(epoch from written_at - completed_at)::float8 as seconds from onboarding_answer_snapshots
      where completed_at >= ${hourAgo} order by completed_at desc nulls last limit 1000
    ), waiting as (
      select count(*)::int as deltas, coalesce(extract(epoch from now() - min(at)), 0)::float8 as oldest from onboarding_answer_deltas
    )
    select percentile_cont(0.5) within group (order by seconds) as median,
           percentile_cont(0.9) within group (order by seconds) as p90,
           percentile_cont(0.99) within group (order by seconds) as p99,
           (select deltas from waiting) as waiting, (select oldest from waiting) as oldest
    from recent`)
  return lagSchema.parse([...found])[0]
}
