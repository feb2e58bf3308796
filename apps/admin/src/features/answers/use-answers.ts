import type { Snapshot } from '@gangway/schemas/answers'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { peopleFilter, type PeopleQuery, peopleSearch, readPeople } from './people-query.ts'

const PAGE_SIZE = 50
/** A search is not made for every letter. */
const TYPING_MS = 250

/** What a filter becomes once nobody types any more, and whether that is still to come. */
function useSettledFilter(query: PeopleQuery) {
  const search = peopleSearch(query)
  const [settled] = useDebouncedValue(search, TYPING_MS, { leading: true })
  return { filter: peopleFilter(readPeople(new URLSearchParams(settled))), isSettling: settled !== search }
}

/** Completions, page by page. */
export function useAnswers(query: PeopleQuery) {
  const trpc = useTRPC()
  const { filter, isSettling } = useSettledFilter(query)
  const answers = useInfiniteQuery(
    trpc.admin.answers.list.infiniteQueryOptions(
      { filter, limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  const rows: Snapshot[] | undefined = answers.data?.pages.flatMap((page) => page.rows)
  return { answers, rows, count: answers.data?.pages[0]?.count, stale: answers.isPlaceholderData || isSettling }
}
