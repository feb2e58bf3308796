import { openSql } from '@gangway/db/client'

/** What every run leaves in the product's tables. */
const ROWS_A_RUN = {
  onboarding_runs: 1,
  onboarding_stage_events: 10,
  organizations: 1,
  organization_members: 1,
  subscriptions: 1,
  api_keys: 1,
  key_reveals: 1,
  onboarding_locks: 0,
} as const

/** Throws when a run did not succeed, or somebody wrote more or less than the others. Answers how much was compared. */
export async function checkRows(url: string, who: string): Promise<string> {
  const sql = openSql({ url, name: 'bench-check' })
  try {
    const count = async (table: string) =>
      (await sql<{ rows: number }[]>`select count(*)::int as rows from ${sql(table)}`)[0]?.rows ?? 0
    const [ended] = await sql<{ runs: number; bytes: number }[]>`
      select count(*)::int as runs, (select avg(octet_length(detail::text))::int from onboarding_stage_events) as bytes
      from onboarding_runs join organizations on organizations.id = org_id and organizations.status = 'onboarded'
      where state = 'succeeded' and stages_completed = 5`
    if (!ended || ended.runs === 0) throw new Error(`${who}: no run succeeded`)
    for (const [table, perRun] of Object.entries(ROWS_A_RUN)) {
      const found = await count(table)
      if (found !== ended.runs * perRun) throw new Error(`${who}: ${found} rows in ${table} after ${ended.runs} successful runs`)
    }
    return `${who}: ${ended.runs} runs, ${ended.runs * 16} rows, ${ended.bytes} bytes of detail an event`
  } finally {
    await sql.end()
  }
}
