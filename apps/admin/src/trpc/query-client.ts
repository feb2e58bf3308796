import { QueryCache, QueryClient } from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { ApiClient } from './client.ts'
import { problemOf } from './problem.ts'

const FRESH_MS = 5000
const REPEATS = 2

/** Codes that say that this browser is no longer that of a member of staff. */
const NO_STAFF = ['UNAUTHENTICATED', 'FORBIDDEN']

/** Server state. A call that is refused makes every page ask again who is signed in. */
export function createQueryClient(client: ApiClient): QueryClient {
  const queryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (NO_STAFF.includes(problemOf(error).code)) void queryClient.invalidateQueries(trpc.account.me.queryFilter())
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < REPEATS && problemOf(error).retry === 'transient',
      },
    },
  })
  const trpc = createTRPCOptionsProxy({ client, queryClient })
  return queryClient
}
