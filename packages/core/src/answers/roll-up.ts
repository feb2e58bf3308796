import { inTransaction } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AnswersContext } from '../context.ts'

/** Deltas of one transaction. */
const AT_ONCE = 50_000

const rolledUpSchema = z.array(z.object({ taken: z.number() }))

/**
 * Moves the deltas that wait into the totals, and answers how many those were. Nobody is held up by it: whoever completes
 * appends, and whoever reads adds the deltas to the totals, which are the same before, during and after. One process at
 * a time rolls up; the others answer 0 at once.
 */
export async function rollUpTotals(ctx: AnswersContext): Promise<number> {
  for (let all = 0; ;) {
    const taken = await inTransaction(ctx.db, async (tx) => {
      // Before the deltas are looked at: what another has taken is then seen to be gone.
      const [mine] = await tx.execute<{ free: boolean }>(
        sql`select pg_try_advisory_xact_lock(hashtextextended('roll_up_answers', 0)) as free`,
      )
      if (!mine?.free) return 0
      const [rolledUp] = rolledUpSchema.parse([...(await tx.execute(MOVE))])
      return rolledUp?.taken ?? 0
    })
    all += taken
    if (taken < AT_ONCE) return all
  }
}

const MOVE = sql`
  with taken as (
    delete from onboarding_answer_deltas
    where ctid = any (array(select ctid from onboarding_answer_deltas limit ${AT_ONCE}))
    returning step, field, value, delta
  ), summed as (
    select step, field, value, sum(delta) as delta from taken group by step, field, value having sum(delta) <> 0
  ), moved as (
    select s.step, s.field, s.value, coalesce(t.total, 0) + s.delta as total
    from summed s left join onboarding_answer_group_totals t using (step, field, value)
  ), gone as (
    delete from onboarding_answer_group_totals t using moved m
    where m.total = 0 and (t.step, t.field, t.value) = (m.step, m.field, m.value)
  ), kept as (
    insert into onboarding_answer_group_totals (step, field, value, total)
    select step, field, value, total from moved where total <> 0
    on conflict (step, field, value) do update set total = excluded.total
  )
  select count(*)::int as taken from taken`
