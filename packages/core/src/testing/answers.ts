import type { TestDatabase } from '@gangway/db/testing'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { canonicalKey, normalizeAnswers } from '../answers/normalize.ts'

type Sql = TestDatabase['sql']

export interface NewSession {
  answers?: DraftAnswers
  skippedSteps?: string[]
  open?: boolean
  /** Now unless told. */
  completedAt?: Date | string
}

/** A session of somebody, completed unless told, as if the questionnaire had been gone through. */
export async function newSession(sql: Sql, userId: string, options: NewSession = {}): Promise<string> {
  const { answers = {}, skippedSteps = [], open = false, completedAt = new Date() } = options
  const [row] = await sql<{ id: string }[]>`
    insert into onboarding_sessions
      (user_id, schema_version, manifest_version, variant, current_step, skipped_steps, checksum, answers, status, completed_at, answer_schema_version)
    values (${userId}, 1, 1, 'short', 'workspace', ${skippedSteps}, '', ${sql.json(answers)},
      ${open ? 'open' : 'completed'}, ${open ? null : completedAt}, ${open ? null : 1})
    returning id`
  return row?.id ?? ''
}

/** What the totals have to be: every completed session counted one by one, without the database's help. */
export async function recount(sql: Sql): Promise<Record<string, number>> {
  const totals = new Map<string, number>()
  const sessions = sql<{ answers: DraftAnswers; skipped: string[] }[]>`
    select coalesce(submitted, answers) as answers, skipped_steps as skipped from onboarding_sessions where status = 'completed'`
  for await (const batch of sessions.cursor(1000)) {
    for (const { answers, skipped } of batch) {
      const { flat } = normalizeAnswers(answers, skipped, Object.keys(answers).map(canonicalKey))
      for (const line of flat) totals.set(line, (totals.get(line) ?? 0) + 1)
    }
  }
  return sorted(totals)
}

/** What the totals are, with the deltas that wait. Those of nobody are left out. */
export async function exactTotals(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{ line: string; total: number }[]>`
    select step || '.' || field || '=' || value as line, sum(total)::int as total from (
      select step, field, value, total from onboarding_answer_group_totals
      union all select step, field, value, delta from onboarding_answer_deltas
    ) each group by step, field, value having sum(total) <> 0`
  return sorted(new Map(rows.map(({ line, total }) => [line, total])))
}

function sorted(totals: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...totals].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
