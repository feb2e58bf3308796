import type { TestDatabase } from '@gangway/db/testing'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { canonicalKey, type NormalizedAnswers, normalizeAnswers } from '../answers/normalize.ts'

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
      for (const line of flat.map(cut)) totals.set(line, (totals.get(line) ?? 0) + 1)
    }
  }
  return sorted(totals)
}

/** Long texts count by their beginning, as characters are counted by Postgres. */
function cut(line: string): string {
  return line.length > 240 ? [...line].slice(0, 240).join('') : line
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

const LISTS = {
  role: ['founder', 'engineering', 'product', 'data', 'finance', 'operations'],
  timezone: ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Tokyo'],
  team: ['platform', 'product', 'data', 'finance', 'growth'],
  experience: ['new', 'some', 'seasoned'],
  functions: ['cost_reporting', 'data_pipelines', 'analytics', 'machine_learning', 'budgeting', 'procurement'],
  intents: ['track_ai_spend', 'allocate_costs', 'set_budgets', 'automate_reports', 'explore'],
  tools: ['OpenAI', 'Anthropic', 'BigQuery', 'Snowflake', 'Postgres', 'dbt', 'Airflow', 'Stripe'],
  theme: ['system', 'light', 'dark'],
  language: ['en', 'de', 'es', 'fr'],
} as const

/** The same for the same `n`: 20 answers that are valid, 16 of them from short lists, so that many give the same. */
export function someAnswers(n: number): DraftAnswers {
  const one = (list: keyof typeof LISTS, shift = 0) =>
    LISTS[list][(n * 7 + Math.floor(n / 11) + shift) % LISTS[list].length] ?? ''
  const some = (list: keyof typeof LISTS, count: number) => Array.from({ length: count }, (_, shift) => one(list, shift))
  return {
    profile: { fullName: `Person ${n}`, jobTitle: `Title ${n % 50}`, companyName: `Company ${n % 500}` },
    work: {
      ...{ role: one('role'), timezone: one('timezone'), team: one('team'), experience: one('experience') },
      ...{ functions: some('functions', 2), intents: some('intents', 2) },
    },
    tools: { tools: some('tools', 3) },
    preferences: { theme: one('theme'), language: one('language'), weeklyDigest: n % 3 === 0 },
    workspace: { mode: 'create', name: `Workspace ${n % 200}`, slug: `workspace_${n % 1000}` },
  }
}

/** What a snapshot holds of them. */
export function someNormalizedAnswers(n: number): NormalizedAnswers {
  return normalizeAnswers(someAnswers(n))
}
