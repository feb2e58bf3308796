import { QueryCache, QueryClient } from '@tanstack/react-query'
import { problemOf } from './problem.ts'

const FRESH_MS = 10_000
const REPEATS = 2

/** `onSignedOut` is called when the API no longer takes this browser for a member of staff. */
export function createQueryClient(onSignedOut: (queryClient: QueryClient) => void): QueryClient {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (['UNAUTHENTICATED', 'FORBIDDEN'].includes(problemOf(error).code)) onSignedOut(queryClient)
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < REPEATS && problemOf(error).retry === 'transient',
      },
    },
  })
  return queryClient
}
