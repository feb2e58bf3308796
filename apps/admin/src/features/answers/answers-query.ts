import type { AnswersFilter } from '@gangway/schemas/answers'
import { type Role, roleSchema } from '@gangway/schemas/questionnaire'
import { type Days, windowOf } from '../records/days.ts'
import { readChoices, readDays, searchOf } from '../records/search-params.ts'

/** The filter as it stands in the address. */
export interface AnswersQuery extends Days {
  roles: Role[]
}

export const NO_QUERY: AnswersQuery = { roles: [], from: '', to: '' }

export function readAnswersQuery(params: URLSearchParams): AnswersQuery {
  return { roles: readChoices(params, 'role', roleSchema), ...readDays(params) }
}

/** The search part of the address, with its `?`; '' when nothing is filtered. */
export function answersSearch({ roles, from, to }: AnswersQuery): string {
  return searchOf({ role: roles, from, to })
}

export function isFiltered(query: AnswersQuery): boolean {
  return answersSearch(query) !== ''
}

/** What the API is asked: whole days become points in time in the reader's time zone. */
export function answersFilter({ roles, ...days }: AnswersQuery): AnswersFilter {
  const completed = windowOf(days)
  return {
    roles: roles.length > 0 ? roles : undefined,
    completedFrom: completed.from,
    completedBefore: completed.before,
  }
}
