import { someNormalizedAnswers } from '@gangway/core/testing/answers'
import type { Sql } from 'postgres'

/** Different sets of 20 answers. */
const SETS = 2000

/** One completed session: what its message says, and what will stand in its snapshot. */
export interface Completion {
  sessionId: string
  userId: string
  answers: unknown
  role: string | null
  flat: string[]
}

/** So many people who have just completed. As the superuser. */
export async function fillSessions(sql: Sql, count: number): Promise<Completion[]> {
  const sets = Array.from({ length: SETS }, (_, n) => ({ n, ...someNormalizedAnswers(n) }))
  const lengths = new Set(sets.map(({ flat }) => flat.length))
  if (lengths.size !== 1 || !lengths.has(20)) throw new Error(`sets of ${[...lengths].join(', ')} answers`)
  const rows = await sql<{ sessionId: string; userId: string; n: number }[]>`
    with given as (
      select n, answers from jsonb_to_recordset(${sql.json(sets.map(({ n, answers }) => ({ n, answers })))}) as given (n int, answers jsonb)
    ), people as (
      insert into users (name, email) select 'Ada Lovelace', gen_random_uuid() || '@' || n || '.example.com' from generate_series(1, ${count}) n
      returning id, split_part(split_part(email, '@', 2), '.', 1)::int % ${SETS} as n
    )
    insert into onboarding_sessions
      (user_id, schema_version, manifest_version, variant, current_step, skipped_steps, checksum, answers, submitted, status, completed_at, answer_schema_version, revision)
    select p.id, 1, 1, 'control', 'workspace', '{}', '', g.answers, g.answers, 'completed', clock_timestamp(), 1, 7
    from people p join given g using (n)
    returning id as "sessionId", user_id as "userId", substr(answers -> 'profile' ->> 'fullName', 8)::int as n`
  return rows.map(({ sessionId, userId, n }) => {
    const { answers, role, flat } = sets[n] ?? { answers: {}, role: null, flat: [] }
    return { sessionId, userId, answers, role, flat }
  })
}
