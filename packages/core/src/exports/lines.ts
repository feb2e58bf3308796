import { onboardingAnswerSnapshots as snapshots, organizations, users } from '@gangway/db/schema'
import { draftAnswersSchema } from '@gangway/schemas/questionnaire'
import { type AnyColumn, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'

/** What a line tells before the answers, under these names and in this order. */
const FACTS = {
  session_id: sql`${snapshots.sessionId}`,
  completed_at: sql`to_char(${snapshots.completedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  answer_schema_version: sql`${snapshots.answerSchemaVersion}`,
  user_id: sql`${snapshots.userId}`,
  // Not by joins: for a piece of a long list, Postgres would read every person there is.
  email: lookUp(users.email, sql`${users.id} = ${snapshots.userId}`),
  role: sql`${snapshots.role}`,
  org_slug: lookUp(organizations.slug, sql`${organizations.id} = ${snapshots.orgId} and ${organizations.status} <> 'abandoned'`),
  plan: sql`${snapshots.plan}`,
  variant: sql`${snapshots.variant}`,
}

/** One line of NDJSON, as it comes from the database. */
export const lineSchema = z.object({
  ...{ session_id: z.string(), completed_at: z.string(), answer_schema_version: z.number(), user_id: z.string() },
  ...{ email: z.string().nullable(), role: z.string().nullable(), org_slug: z.string().nullable() },
  ...{ plan: z.string().nullable(), variant: z.string(), answers: draftAnswersSchema },
})
export type Line = z.infer<typeof lineSchema>

/** A snapshot as JSON with its keys in one order, and the end of the line, made by the database. */
export function jsonLine(): SQL<string> {
  const pairs = Object.entries(FACTS).map(([name, value]) => sql`${value} as ${sql.identifier(name)}`)
  return sql`(select row_to_json(line)::text from (select ${sql.join(pairs, sql`, `)}, ${snapshots.answers}) as line) || ${'\n'}::text`
}

function lookUp(column: AnyColumn, condition: SQL): SQL {
  return sql`(select ${column} from ${column.table} where ${condition})`
}
