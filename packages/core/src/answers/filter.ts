import { onboardingAnswerSnapshots as snapshots, organizations } from '@gangway/db/schema'
import type { AnswerFilter, AnswersFilter } from '@gangway/schemas/answers'
import { and, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { GangwayError } from '../errors/index.ts'
import { assertWindow } from '../paging/index.ts'
import { textQuery } from './text-query.ts'

/** An index has no room for more: so much of a long answer counts. The trigger `keep_snapshot` cuts as well. */
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
    words === undefined ? undefined : sql`${snapshots.search} @@ ${words}::tsquery`,
    completedFrom && gte(snapshots.completedAt, completedFrom),
    completedBefore && lt(snapshots.completedAt, completedBefore),
  )
}

/** Whoever lost an organization before it was ready belongs to none: its slug is somebody else's by now. */
function idOf(slug: string): SQL {
  return sql`select ${organizations.id} from ${organizations} where ${organizations.slug} = ${slug} and ${organizations.status} <> 'abandoned'`
}

function gave(answers: readonly AnswerFilter[]): SQL {
  const terms = answers.map(({ step, field, value }) => [...`${step}.${field}=${value}`].slice(0, TERM_LENGTH).join(''))
  const list = sql.join(
    terms.map((term) => sql`${term}`),
    sql`, `,
  )
  return sql`${snapshots.flat} @> array[${list}]::text[]`
}
