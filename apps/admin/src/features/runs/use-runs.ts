import type { RunsFilter } from '@gangway/schemas/runs'
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTRPC } from '../../trpc/client.ts'

const PAGE_SIZE = 50
/** How often the list is asked for while its stream is down. */
const POLL_MS = 5000

/** Runs, page by page; the newest page moves with what happens. */
export function useRuns(filter: RunsFilter) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const options = trpc.admin.runs.list.infiniteQueryOptions(
    { filter, limit: PAGE_SIZE },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  )
  const live = useSubscription(
    trpc.admin.runs.live.subscriptionOptions(
      { filter, limit: PAGE_SIZE },
      {
        onData: (page) => {
          const pages = queryClient.getQueryData(options.queryKey)?.pages.length ?? 0
          // Where more pages are shown, they have to meet the first again: each begins where the one before it ends.
          if (pages > 1) void queryClient.invalidateQueries({ queryKey: options.queryKey })
          else queryClient.setQueryData(options.queryKey, { pages: [page], pageParams: [null] })
        },
      },
    ),
  )
  return useInfiniteQuery({ ...options, refetchInterval: live.status === 'error' ? POLL_MS : false })
}
