import { sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'

// For `where`: what goes on by itself leaves alone whoever was made up. Staff see them as they see everybody.

export function isReal(userId: AnyPgColumn): SQL {
  return sql`not exists (select from demo_people where demo_people.user_id = ${userId})`
}

export function isOfRealPerson(runId: AnyPgColumn): SQL {
  return sql`not exists (select from demo_people join onboarding_runs theirs using (user_id) where theirs.id = ${runId})`
}
