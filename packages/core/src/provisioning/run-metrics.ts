import { onboardingRuns as runs } from '@gangway/db/schema'
import { stageIdSchema } from '@gangway/schemas/provisioning'
import { inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { BaseContext } from '../context.ts'

const UNFINISHED = ['awaiting_payment', 'pending', 'running', 'failed', 'needs_sync', 'cancelled'] as const
type UnfinishedState = (typeof UNFINISHED)[number]

const stageSchema = z.object({
  stage: stageIdSchema,
  completed: z.number(),
  retried: z.number(),
  /** Times that a process went on where another one had stopped without a word. */
  takenOver: z.number(),
  /** Seconds from its start to its completion, pauses included; null where none was completed. */
  median: z.number().nullable(),
  p90: z.number().nullable(),
  p99: z.number().nullable(),
})

export interface RunMetrics {
  unfinished: Record<UnfinishedState, number>
  /** Of the newest 1,000 runs of the last hour. A stage that none of them has come to is not in it. */
  stages: z.infer<typeof stageSchema>[]
}

/** How runs are doing, at a cost that does not grow with how many there ever were. */
export async function readRunMetrics(ctx: BaseContext): Promise<RunMetrics> {
  const [counts, stages] = await Promise.all([countUnfinished(ctx), readStages(ctx)])
  const countOf = (state: UnfinishedState) => counts.find((row) => row.state === state)?.count ?? 0
  return {
    unfinished: {
      awaiting_payment: countOf('awaiting_payment'),
      pending: countOf('pending'),
      running: countOf('running'),
      failed: countOf('failed'),
      needs_sync: countOf('needs_sync'),
      cancelled: countOf('cancelled'),
    },
    stages,
  }
}

function countUnfinished({ db }: BaseContext) {
  return db
    .select({ state: runs.state, count: sql<number>`count(*)::int` })
    .from(runs)
    .where(inArray(runs.state, [...UNFINISHED]))
    .groupBy(runs.state)
}

/** A start that follows neither an end nor a pause is that of a process which took over. */
async function readStages({ db }: BaseContext): Promise<RunMetrics['stages']> {
  const rows = await db.execute(sql`
    with recent as (
      select id from onboarding_runs where created_at > now() - interval '1 hour' order by created_at desc, id desc limit 1000
    ), event as (
      select e.stage, e.status, e.at,
             lag(e.status) over run as before, lag(e.run_state) over run as state_before,
             max(e.at) filter (where e.status = 'started') over (partition by e.run_id, e.stage order by e.seq) as started_at
      from onboarding_stage_events e join recent on recent.id = e.run_id
      window run as (partition by e.run_id order by e.seq)
    ), measured as (
      select *, case when status = 'completed' then extract(epoch from at - started_at) end as seconds from event
    )
    select stage,
           (count(*) filter (where status = 'completed'))::int as completed,
           (count(*) filter (where status = 'retrying'))::int as retried,
           (count(*) filter (where status = 'started' and before in ('started', 'retrying') and state_before = 'running'))::int as "takenOver",
           (percentile_cont(0.5) within group (order by seconds))::float8 as median,
           (percentile_cont(0.9) within group (order by seconds))::float8 as p90,
           (percentile_cont(0.99) within group (order by seconds))::float8 as p99
    from measured group by stage`)
  return z.array(stageSchema).parse([...rows])
}
