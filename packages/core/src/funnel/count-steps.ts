import { funnelPeople as people, funnelSteps as steps } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { type AnswerLabels, orderedSteps, stepLabel } from '@gangway/schemas/answer-labels'
import type { FunnelStep } from '@gangway/schemas/funnel'
import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { spreadOf } from './spread.ts'

const countedSchema = z.array(
  z.object({
    variant: z.string().nullable(),
    step: z.string(),
    /** Null for those who have not completed it. */
    seconds: z.number().nullable(),
    ...{ viewed: z.number(), completed: z.number(), skipped: z.number() },
    ...{ retries: z.number(), retried: z.number(), conflicts: z.number(), conflicted: z.number() },
    ...{ offlineSaves: z.number(), savedOffline: z.number() },
  }),
)
export type CountedStep = z.infer<typeof countedSchema>[number]

/** By step and by the seconds that it took: so few rows tell everything, and no times have to be sorted. */
export async function countSteps(tx: Tx, wanted: SQL | undefined, byVariant = false): Promise<CountedStep[]> {
  const variant = byVariant ? people.variant : sql`null::text`
  const rows = await tx.execute(sql`
    select ${variant} as variant, ${steps.step} as step, ${steps.seconds} as seconds,
      count(*)::int as viewed, count(${steps.completedAt})::int as completed,
      (count(*) filter (where ${steps.completedAt} is null and ${steps.skippedAt} is not null))::int as skipped,
      sum(${steps.retries})::int as retries, (count(*) filter (where ${steps.retries} > 0))::int as retried,
      sum(${steps.conflicts})::int as conflicts, (count(*) filter (where ${steps.conflicts} > 0))::int as conflicted,
      sum(${steps.offlineSaves})::int as "offlineSaves", (count(*) filter (where ${steps.offlineSaves} > 0))::int as "savedOffline"
    from ${people} join ${steps} on ${steps.userId} = ${people.userId}
    where ${wanted} group by 1, 2, 3`)
  return countedSchema.parse([...rows])
}

/** One for each step that somebody has seen, in the order of the questionnaire; those that no version asks come last. */
export function stepsOf(counted: readonly CountedStep[], labels: AnswerLabels): Omit<FunnelStep, 'stopped'>[] {
  const byStep = Map.groupBy(counted, ({ step }) => step)
  const order = orderedSteps(Object.fromEntries([...byStep.keys()].toSorted().map((step) => [step, true])), labels)
  return order.flatMap((step) => {
    const rows = byStep.get(step)
    if (!rows) return []
    const sum = (name: Exclude<keyof CountedStep, 'variant' | 'step' | 'seconds'>) =>
      rows.reduce((total, row) => total + row[name], 0)
    return {
      ...{ step, title: stepLabel(step, labels) },
      ...{ viewed: sum('viewed'), completed: sum('completed'), skipped: sum('skipped') },
      time: spreadOf(rows.flatMap(({ seconds, completed }) => (seconds === null ? [] : { seconds, people: completed }))),
      retries: { times: sum('retries'), people: sum('retried') },
      conflicts: { times: sum('conflicts'), people: sum('conflicted') },
      offlineSaves: { times: sum('offlineSaves'), people: sum('savedOffline') },
    }
  })
}
