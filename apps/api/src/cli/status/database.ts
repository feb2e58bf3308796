import type { BaseContext } from '@gangway/core/context'
import { sql } from 'drizzle-orm'
import { z } from 'zod'

const rowSchema = z.object({ version: z.string(), size_bytes: z.coerce.number(), workers: z.number() })
export type DatabaseState = z.infer<typeof rowSchema>

/** Every worker keeps one connection to listen by, under this name. */
const WORKER = 'gangway-worker-listen'

export async function readDatabase({ db }: BaseContext): Promise<DatabaseState> {
  const [row] = await db.execute(sql`
    select split_part(current_setting('server_version'), ' ', 1) as version,
           pg_database_size(current_database()) as size_bytes,
           (select count(*)::int from pg_stat_activity
             where datname = current_database() and application_name = ${WORKER}) as workers`)
  return rowSchema.parse(row)
}
