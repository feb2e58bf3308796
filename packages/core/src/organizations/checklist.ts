import { type Checklist, checklistSchema } from '@gangway/schemas/organizations'
import { sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

/**
 * What the newest organization of a person that is set up has come to, as it is now; null while there is none. A key that
 * was handed over or used was saved.
 */
export async function readChecklist({ db }: BaseContext, { userId }: { userId: string }): Promise<Checklist | null> {
  const [row] = await db.execute(sql`
    select o.id as "orgId", m.role,
           exists (select from key_reveals where org_id = o.id and saved_at is not null)
             or exists (select from api_keys where org_id = o.id and last_used_at is not null) as "keySaved",
           exists (select from organization_members where org_id = o.id and user_id <> ${userId}) as "colleagueJoined",
           exists (select from integration_credentials where org_id = o.id and health = 'healthy') as "integrationHealthy",
           exists (select from pipeline_runs where org_id = o.id and state = 'succeeded') as "pipelineSucceeded"
    from organization_members m join organizations o on o.id = m.org_id
    where m.user_id = ${userId} and o.status = 'onboarded'
    order by o.created_at desc, o.id desc limit 1`)
  return row === undefined ? null : checklistSchema.parse(row)
}
