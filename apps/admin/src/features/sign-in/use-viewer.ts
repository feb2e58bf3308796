import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

const FRESH_MS = 60_000

/** Who looks: undefined while unknown, null when signed out. */
export function useViewer() {
  const trpc = useTRPC()
  return useQuery(trpc.account.me.queryOptions(undefined, { staleTime: FRESH_MS }))
}
