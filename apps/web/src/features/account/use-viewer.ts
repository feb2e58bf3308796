import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** Who is signed in; `data` is null for nobody. */
export function useViewer() {
  return useQuery(useTRPC().account.me.queryOptions(undefined, { staleTime: 60_000 }))
}
