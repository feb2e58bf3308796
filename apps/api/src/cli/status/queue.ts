import type { BaseContext } from '@gangway/core/context'
import { sql } from 'drizzle-orm'
import { z } from 'zod'

const rowSchema = z.object({
  /** Due and not taken yet. */
  waiting: z.number(),
  active: z.number(),
  /** After all tries. */
  failed: z.number(),
  /** How long the oldest has been due; 0 when none waits. */
  oldest_waiting_seconds: z.number(),
})
export type QueueState = z.infer<typeof rowSchema>

/** The queue keeps its own tables; those that it is done with are deleted after some days. */
export async function readQueue({ db }: BaseContext): Promise<QueueState> {
  const [row] = await db.execute(sql`
    select (count(*) filter (where state in ('created', 'retry') and start_after <= now()))::int as waiting,
           (count(*) filter (where state = 'active'))::int as active,
           (count(*) filter (where state = 'failed'))::int as failed,
           coalesce(extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry') and start_after <= now())), 0)::float8
             as oldest_waiting_seconds
    from pgboss.job where state in ('created', 'retry', 'active', 'failed')`)
  return rowSchema.parse(row)
}
