import { useSearchParams } from 'next/navigation'
import { startTransition, useOptimistic } from 'react'
import { paths } from '../../paths.ts'
import { type AnswersQuery, readAnswersQuery } from './answers-query.ts'

/** The filter and a way to change it. It lives in the address alone, so that it can be reloaded and sent to others. */
export function useAnswersQuery(): [AnswersQuery, (query: AnswersQuery) => void] {
  const params = useSearchParams()
  // The address follows a moment later, and an input that waited for it would lose what is typed meanwhile.
  const [query, showAtOnce] = useOptimistic(readAnswersQuery(new URLSearchParams(params)))
  const change = (next: AnswersQuery) =>
    startTransition(() => {
      showAtOnce(next)
      // The router would ask the server for a page that is the same for every filter.
      window.history.replaceState(null, '', paths.answers(next))
    })
  return [query, change]
}
