import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { UNTIL_ANSWERED } from '../../trpc/until-answered.ts'

/** Who is signed in; `data` is null for nobody, and undefined until the API has said so. */
export function useViewer() {
  return useQuery(useTRPC().account.me.queryOptions(undefined, { staleTime: 60_000, ...UNTIL_ANSWERED }))
}
