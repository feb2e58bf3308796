import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { funnelFilter, type FunnelQuery, funnelSearch, readFunnelQuery } from './funnel-query.ts'
import type { FunnelPeopleQuery } from './people-query.ts'

const PAGE_SIZE = 50
/** Counting is not begun for every letter. */
const TYPING_MS = 250

/** What a filter becomes once nobody types any more, and whether that is still to come. */
function useSettled(query: FunnelQuery) {
  const search = funnelSearch(query)
  const [settled] = useDebouncedValue(search, TYPING_MS, { leading: true })
  const asked = readFunnelQuery(new URLSearchParams(settled))
  return { filter: funnelFilter(asked), by: asked.by, isSettling: settled !== search }
}

export function useFunnel(query: FunnelQuery) {
  const { filter, isSettling } = useSettled(query)
  const funnel = useQuery(useTRPC().admin.funnel.get.queryOptions({ filter }, { placeholderData: keepPreviousData }))
  return { funnel, stale: isSettling || funnel.isPlaceholderData }
}

export function useCohorts(query: FunnelQuery) {
  const { filter, by, isSettling } = useSettled(query)
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const options = useTRPC().admin.funnel.cohorts.queryOptions({ filter, by, timeZone })
  // Other cohorts have other names: those from before are not shown under them.
  const cohorts = useQuery(options)
  return { cohorts, stale: isSettling }
}

export function useVariants(query: FunnelQuery) {
  const { filter, isSettling } = useSettled(query)
  const variants = useQuery(useTRPC().admin.funnel.variants.queryOptions({ filter }, { placeholderData: keepPreviousData }))
  return { variants, stale: isSettling || variants.isPlaceholderData }
}

/** The people behind a number, page by page. */
export function useFunnelPeople({ group, ...query }: FunnelPeopleQuery) {
  return useInfiniteQuery(
    useTRPC().admin.funnel.people.infiniteQueryOptions(
      { filter: funnelFilter(query), group, limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
}
