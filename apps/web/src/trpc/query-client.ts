import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { ApiClient } from './client.ts'
import { problemOf } from './problem.ts'
import { ATTEMPTS, canAskAgain } from './until-answered.ts'

/** Server state. A call that finds nobody signed in makes every page see that nobody is. */
export function createQueryClient(client: ApiClient): QueryClient {
  const onError = (error: unknown) => {
    if (problemOf(error).code === 'UNAUTHENTICATED') queryClient.setQueryData(trpc.account.me.queryKey(), null)
  }
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < ATTEMPTS - 1 && canAskAgain(error),
      },
    },
  })
  const trpc = createTRPCOptionsProxy({ client, queryClient })
  return queryClient
}
