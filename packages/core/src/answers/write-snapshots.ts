import type { Tx } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import type { NormalizedAnswers } from './normalize.ts'

export interface AnsweredSession extends NormalizedAnswers {
  id: string
  /** The session's, when its answers were read. */
  revision: number
}

/**
 * One statement for any number of completed sessions, each at most once. In the order of their ids, so that two who write
 * the same ones do not wait for each other in a circle; and never over what was made from a newer revision.
 * The organization is the one that the person joined last and that was not abandoned; it may have been attached since it
 * was looked up.
 */
export async function writeSnapshots(
  tx: Tx,
  { sessions, at }: { sessions: readonly AnsweredSession[]; at: Date },
): Promise<void> {
  await tx.execute(sql`
    insert into onboarding_answer_snapshots as known
      (session_id, user_id, org_id, role, variant, completed_at, answer_schema_version, answers, flat, session_revision, written_at)
    select s.id, s.user_id, joined.org_id, given.role, s.variant, s.completed_at, coalesce(s.answer_schema_version, s.schema_version),
           given.answers, given.flat, given.revision, ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb)
         as given (id uuid, revision integer, role text, answers jsonb, flat text[])
    join onboarding_sessions s on s.id = given.id
    left join lateral (
      select m.org_id from organization_members m join organizations o on o.id = m.org_id and o.status <> 'abandoned'
      where m.user_id = s.user_id order by m.created_at desc limit 1
    ) joined on true
    where s.completed_at is not null and s.answers_forgotten_at is null
    order by s.id
    on conflict (session_id) do update set
      user_id = excluded.user_id, role = excluded.role, variant = excluded.variant, completed_at = excluded.completed_at,
      answer_schema_version = excluded.answer_schema_version, answers = excluded.answers, flat = excluded.flat,
      session_revision = excluded.session_revision, org_id = coalesce(excluded.org_id, known.org_id)
    where known.session_revision <= excluded.session_revision`)
}
