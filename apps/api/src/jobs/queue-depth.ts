import type { BaseContext } from '@gangway/core/context'
import { sql } from 'drizzle-orm'
import { z } from 'zod'

const depthSchema = z.object({ queue: z.string(), waiting: z.number(), deferred: z.number() })

/** The jobs that nobody has taken yet, by queue: due, and due later. Queues without any are not in it. */
export async function readQueueDepth({ db }: BaseContext): Promise<z.infer<typeof depthSchema>[]> {
  // `state < 'active'`, as the queue's own index has it: finished jobs are many, and are not looked at.
  const rows = await db.execute(sql`
    select name as queue,
           (count(*) filter (where start_after <= now()))::int as waiting,
           (count(*) filter (where start_after > now()))::int as deferred
    from pgboss.job where state < 'active' group by name order by name`)
  return z.array(depthSchema).parse([...rows])
}
