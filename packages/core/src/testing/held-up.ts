import type { TestDatabase } from '@gangway/db/testing'

/**
 * Lets all of them read, and none of them write to `table`, until each has come so far: what they decide by then is old.
 * A race that is only started at once is mostly none.
 */
export async function heldUp<Result>(
  { sql }: Pick<TestDatabase, 'sql'>,
  table: string,
  start: () => Promise<Result>[],
): Promise<Result[]> {
  let started: Promise<Result>[] = []
  await sql.begin(async (holder) => {
    await holder`lock table ${holder(table)} in share row exclusive mode`
    started = start()
    for (const each of started) each.catch(() => {})
    await waitUntilWaiting(started.length)
  })
  return Promise.all(started)

  async function waitUntilWaiting(count: number): Promise<void> {
    // Who waits for a row waits for a transaction, which belongs to no database.
    const waiting = () => sql`
      select 1 from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`
    for (let tries = 0; tries < 1000 && (await waiting()).length < count; tries++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    const found = await waiting()
    if (found.length < count) throw new Error(`${found.length} of ${count} wait for ${table}`)
  }
}
