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

/** The fields of a line, to be made JSON by the database: its keys are in this order. */
export function lineFields(): SQL {
  const pairs = Object.entries(FACTS).map(([name, value]) => sql`${value} as ${sql.identifier(name)}`)
  return sql`${sql.join(pairs, sql`, `)}, ${snapshots.answers}`
}

const lineSchema = z.object({
  ...{ session_id: z.string(), completed_at: z.string(), answer_schema_version: z.number(), user_id: z.string() },
  ...{ email: z.string().nullable(), role: z.string().nullable(), org_slug: z.string().nullable() },
  ...{ plan: z.string().nullable(), variant: z.string(), answers: draftAnswersSchema },
})
export type Line = z.infer<typeof lineSchema>

/** A line of NDJSON, read again. */
export function parseLine(text: string): Line {
  return lineSchema.parse(JSON.parse(text))
}

function lookUp(column: AnyColumn, condition: SQL): SQL {
  return sql`(select ${column} from ${column.table} where ${condition})`
}
