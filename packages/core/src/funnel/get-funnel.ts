import type { Tx } from '@gangway/db/transaction'
import { type Funnel, type FunnelFilter, MILESTONES, type Stopped, stopSchema } from '@gangway/schemas/funnel'
import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { BaseContext } from '../context.ts'
import { snapshotWithinTime } from '../paging/index.ts'
import { answerLabels } from '../questionnaire/index.ts'
import { countMilestones } from './count-milestones.ts'
import { countSteps, stepsOf } from './count-steps.ts'
import { assertFunnelFilter, matching, PATIENCE_MS } from './filter.ts'
import { stoppedPeople } from './stops.ts'

/**
 * How many people saw, completed and skipped each step and came to each milestone, where the others stopped and why, and how
 * long it took; docs/funnel.md says what counts. Counted from one row for each person and each of their steps, at one moment.
 *
 * Throws INPUT_INVALID for a window that ends before it begins, FILTER_TOO_BROAD where counting takes longer than 20 s.
 */
export async function getFunnel(ctx: BaseContext, { filter }: { filter: FunnelFilter }): Promise<Funnel> {
  assertFunnelFilter(filter)
  const wanted = matching(filter)
  const labels = await answerLabels(ctx)
  return snapshotWithinTime(ctx.db, PATIENCE_MS, async (tx) => {
    const [steps, [all], stopped] = await Promise.all([
      countSteps(tx, wanted),
      countMilestones(tx, wanted),
      countStopped(tx, wanted, ctx.clock.now()),
    ])
    return {
      steps: stepsOf(steps, labels).map((step) => ({ ...step, stopped: stopped('step', step.step) })),
      milestones: MILESTONES.map((milestone) => ({
        ...{ milestone, people: all?.people[milestone] ?? 0 },
        stopped: stopped('milestone', milestone),
      })),
      timeToFirstValue: all?.timeToFirstValue ?? null,
    }
  })
}

const stoppedSchema = z.array(
  z.object({ milestone: z.string().nullable(), step: z.string().nullable(), reason: stopSchema, people: z.number() }),
)

async function countStopped(tx: Tx, wanted: SQL | undefined, now: Date) {
  const rows = await tx.execute(sql`
    select milestone, step, reason, count(*)::int as people from (${stoppedPeople(wanted, now)}) stopped group by 1, 2, 3`)
  const counted = stoppedSchema.parse([...rows]).map(({ milestone, step, ...row }) => ({
    ...row,
    ...{ at: step === null ? 'milestone' : 'step', place: step ?? milestone ?? 'started' },
  }))
  return (at: 'milestone' | 'step', place: string): Stopped => {
    const here = counted.filter((row) => row.at === at && row.place === place)
    const of = (reason: keyof Stopped) => here.find((row) => row.reason === reason)?.people ?? 0
    return { waiting: of('waiting'), left: of('left'), validation: of('validation'), system: of('system') }
  }
}
