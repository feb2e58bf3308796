import { funnelPeople as people } from '@gangway/db/schema'
import type { FunnelFilter, FunnelVariant } from '@gangway/schemas/funnel'
import { CONTROL } from '@gangway/schemas/manifest'
import { sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { snapshotWithinTime } from '../paging/index.ts'
import { answerLabels } from '../questionnaire/index.ts'
import { countMilestones } from './count-milestones.ts'
import { countSteps, stepsOf } from './count-steps.ts'
import { assertFunnelFilter, matching, PATIENCE_MS } from './filter.ts'

/** The same people by the variant that they began with. Throws like `getFunnel`. */
export async function funnelVariants(ctx: BaseContext, { filter }: { filter: FunnelFilter }): Promise<FunnelVariant[]> {
  assertFunnelFilter(filter)
  const wanted = matching(filter)
  const labels = await answerLabels(ctx)
  return snapshotWithinTime(ctx.db, PATIENCE_MS, async (tx) => {
    const [cohorts, counted] = await Promise.all([
      countMilestones(tx, wanted, sql`${people.variant}`),
      countSteps(tx, wanted, true),
    ])
    const steps = Map.groupBy(counted, ({ variant }) => variant)
    return cohorts.map((cohort) => ({ ...cohort, steps: stepsOf(steps.get(cohort.key) ?? [], labels) })).toSorted(controlFirst)
  })
}

function controlFirst(one: FunnelVariant, other: FunnelVariant): number {
  const place = ({ key }: FunnelVariant) => (key === CONTROL ? 0 : key === null ? 2 : 1)
  return place(one) - place(other) || (one.key ?? '').localeCompare(other.key ?? '')
}
