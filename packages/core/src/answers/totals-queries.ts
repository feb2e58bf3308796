import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import { type SQL, sql } from 'drizzle-orm'

interface Wanted {
  step: string | undefined
  /** Values of each question. */
  limit: number
}

/**
 * Of each question the values that most people gave: `step, field, value, total`. Costs what it answers and what waits, not
 * what the totals hold: questions are found by skipping through the key, and their greatest values by an index.
 */
export function fromTotals({ step, limit }: Wanted): SQL {
  const only = (table: string) => (step === undefined ? sql`` : sql`where ${sql.raw(table)}.step = ${step}`)
  return sql`
    with recursive waiting as materialized (
      select step, field, value, sum(delta)::integer as delta from onboarding_answer_deltas d ${only('d')} group by step, field, value
    ), known as (
      (select t.step, t.field from onboarding_answer_group_totals t ${only('t')} order by t.step, t.field limit 1)
      union all
      select next.step, next.field from known cross join lateral (
        select t.step, t.field from onboarding_answer_group_totals t
        where (t.step, t.field) > (known.step, known.field) ${step === undefined ? sql`` : sql`and t.step = ${step}`}
        order by t.step, t.field limit 1
      ) next
    ), asked as (
      select step, field from known union select step, field from waiting
    )
    select asked.step, asked.field, best.value, best.total
    from asked cross join lateral (
      select value, total from (
        select value, total from (
          -- What waits can take a value down by as many places as values wait.
          select t.value, t.total from onboarding_answer_group_totals t where t.step = asked.step and t.field = asked.field
          order by t.total desc nulls last, t.value
          limit ${limit}::integer + (select count(*) from waiting w where w.step = asked.step and w.field = asked.field)
        ) greatest_known
        where not exists (
          select from waiting w where w.step = asked.step and w.field = asked.field and w.value = greatest_known.value
        )
        union all
        select w.value, w.delta + coalesce(t.total, 0)
        from waiting w left join onboarding_answer_group_totals t using (step, field, value)
        where w.step = asked.step and w.field = asked.field
      ) counted
      where total <> 0 order by total desc, value limit ${limit}
    ) best
    order by asked.step, asked.field, best.total desc, best.value`
}

/** The same, counted from the snapshots that `wanted` lets through. */
export function fromSnapshots({ step, limit, wanted }: Wanted & { wanted: SQL }): SQL {
  return sql`
    with counted as (
      select p.step, p.field, p.value, line.people as total
      from (
        select left(term, 240) as text, count(*)::integer as people
        from ${snapshots} cross join unnest(${snapshots.flat}) as term
        where ${wanted} ${step === undefined ? sql`` : sql`and starts_with(term, ${`${step}.`})`}
        group by 1
      ) line cross join parts_of_answer(line.text) p
    ), placed as (
      select *, row_number() over (partition by step, field order by total desc, value) as place from counted
    )
    select step, field, value, total from placed where place <= ${limit} order by step, field, place`
}
