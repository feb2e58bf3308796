import { EVERYBODY, type PeopleQuery, peopleSearch, readPeople } from './people-query.ts'

/** The filter as it stands in the address, and the person who is open. */
export interface AnswersQuery extends PeopleQuery {
  /** The id of a user. */
  open: string
}

export const NO_QUERY: AnswersQuery = { ...EVERYBODY, open: '' }

export function readAnswersQuery(params: URLSearchParams): AnswersQuery {
  return { ...readPeople(params), open: params.get('open') ?? '' }
}

/** The search part of the address, with its `?`; '' when nothing is filtered and nobody open. */
export function answersSearch(query: AnswersQuery): string {
  return peopleSearch(query, { open: query.open })
}
