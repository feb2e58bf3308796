import { inTransaction } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import type { TelemetryContext } from '../context.ts'

/**
 * Makes the partitions of the months around now, and drops those that are older than is kept; the funnel forgets people who
 * were last seen before that. Only the worker's role may. Answers how many partitions were made and dropped.
 */
export async function keepPartitions(ctx: TelemetryContext): Promise<{ made: number; dropped: number }> {
  const now = ctx.clock.now().toISOString()
  const days = ctx.settings.telemetryDays
  const retention = sql`make_interval(days => ${days}::integer)`
  const [kept] = await inTransaction(ctx.db, (tx) =>
    tx.execute<{ made: number; dropped: number }>(
      sql`select made, dropped from keep_telemetry_partitions(${now}::timestamptz, ${retention})`,
    ),
  )
  await inTransaction(ctx.db, (tx) =>
    tx.execute(sql`delete from funnel_people where last_at < ${now}::timestamptz - ${retention}`),
  )
  const { made, dropped } = kept ?? { made: 0, dropped: 0 }
  if (made + dropped > 0) ctx.log.info({ made, dropped }, 'partitions of telemetry were made or dropped')
  return { made, dropped }
}
