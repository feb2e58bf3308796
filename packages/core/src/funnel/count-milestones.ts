import { funnelPeople as people } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { FunnelCohort } from '@gangway/schemas/funnel'
import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'

const count = z.number()
const countedSchema = z.array(
  z.object({
    key: z.string().nullable(),
    ...{ started: count, completed: count, checkout_started: count, provisioned: count, key_revealed: count, first_value: count },
    /** The median and the 90th percentile. */
    times: z.tuple([z.number(), z.number()]).nullable(),
  }),
)

/** How many have come to each milestone, by `key`; one row, of a `key` that is null, where nothing is told. */
export async function countMilestones(tx: Tx, wanted: SQL | undefined, key?: SQL): Promise<FunnelCohort[]> {
  const rows = await tx.execute(sql`
    select ${key ?? sql`null`}::text as key, count(*)::int as started, count(${people.completedAt})::int as completed,
      count(${people.checkoutAt})::int as checkout_started, count(${people.provisionedAt})::int as provisioned,
      count(${people.revealedAt})::int as key_revealed, count(${people.firstValueAt})::int as first_value,
      percentile_disc(array[0.5, 0.9]) within group (
        order by round(extract(epoch from ${people.firstValueAt} - ${people.startedAt}))::integer
      ) filter (where ${people.firstValueAt} is not null) as times
    from ${people} where ${wanted} ${key ? sql`group by 1` : sql``}`)
  return countedSchema.parse([...rows]).map(({ key: of, times, ...counted }) => ({
    ...{ key: of, people: counted },
    timeToFirstValue: times && { median: times[0], p90: times[1] },
  }))
}
