import { useSearchParams } from 'next/navigation'
import { paths } from '../../paths.ts'
import { type AnswersQuery, readAnswersQuery } from './answers-query.ts'

/** The filter and a way to change it. It lives in the address alone, so that it can be reloaded and sent to others. */
export function useAnswersQuery(): [AnswersQuery, (query: AnswersQuery) => void] {
  const params = useSearchParams()
  const query = readAnswersQuery(new URLSearchParams(params))
  // The router would ask the server for a page that is the same for every filter.
  return [query, (next) => window.history.replaceState(null, '', paths.answers(next))]
}
