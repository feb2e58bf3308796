import { onboardingAnswerSnapshots as snapshots, organizations } from '@gangway/db/schema'
import type { AnswerFilter, AnswersFilter } from '@gangway/schemas/answers'
import { and, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { GangwayError } from '../errors/index.ts'
import { assertWindow } from '../paging/index.ts'
import { textQuery } from './text-query.ts'

/** Longer ones are cut in the index, and compared as a whole then. */
const TERM_LENGTH = 240

/** Throws INPUT_INVALID, with what to change, for a filter that nothing can pass. */
export function assertFilter({ completedFrom, completedBefore, text }: AnswersFilter): void {
  assertWindow({ from: completedFrom, before: completedBefore, field: 'filter.completedBefore' })
  if (text && !textQuery(text)) throw new GangwayError('INPUT_INVALID', { details: { fields: ['filter.text'] } })
}

/** What lets a snapshot through, for `where`; undefined lets all through. Each part has an index of its own. */
export function matching(filter: AnswersFilter): SQL | undefined {
  const { roles = [], org, plan, variant, schemaVersion, answers = [], text, completedFrom, completedBefore } = filter
  const words = text ? textQuery(text) : undefined
  return and(
    roles.length > 0 ? inArray(snapshots.role, roles) : undefined,
    org === undefined ? undefined : sql`${snapshots.orgId} = (${idOf(org)})`,
    plan && eq(snapshots.plan, plan),
    variant === undefined ? undefined : eq(snapshots.variant, variant),
    schemaVersion === undefined ? undefined : eq(snapshots.answerSchemaVersion, schemaVersion),
    answers.length > 0 ? gave(answers) : undefined,
    words === undefined ? undefined : sql`${snapshots.search} @@ to_tsquery('pg_catalog.simple', ${words})`,
    completedFrom && gte(snapshots.completedAt, completedFrom),
    completedBefore && lt(snapshots.completedAt, completedBefore),
  )
}

/** Whoever lost an organization before it was ready belongs to none: its slug is somebody else's by now. */
function idOf(slug: string): SQL {
  return sql`select ${organizations.id} from ${organizations} where ${organizations.slug} = ${slug} and ${organizations.status} <> 'abandoned'`
}

function gave(answers: readonly AnswerFilter[]): SQL | undefined {
  const terms = answers.map(({ step, field, value }) => `${step}.${field}=${value}`)
  const list = (texts: readonly string[]) =>
    sql`array[${sql.join(
      texts.map((text) => sql`${text}`),
      sql`, `,
    )}]::text[]`
  const long = terms.filter((term) => [...term].length > TERM_LENGTH)
  return and(
    sql`answer_terms(${snapshots.flat}) @> answer_terms(${list(terms)})`,
    long.length > 0 ? sql`${snapshots.flat} @> ${list(long)}` : undefined,
  )
}
