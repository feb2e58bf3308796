import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { peopleFilter } from '../answers/people-query.ts'
import { useTRPC } from '../../trpc/client.ts'
import { isComparing, readTotalsQuery, type TotalsQuery, totalsSearch } from './totals-query.ts'

/** Counting is not begun for every letter. */
const TYPING_MS = 250

/** The totals that are asked for, and those that they are compared with. */
export function useTotals(query: TotalsQuery) {
  const trpc = useTRPC()
  const search = totalsSearch(query)
  const [settled] = useDebouncedValue(search, TYPING_MS, { leading: true })
  const asked = readTotalsQuery(new URLSearchParams(settled))
  const step = asked.step || undefined
  const compared = isComparing(asked)
  const placeholderData = keepPreviousData
  const now = useQuery(trpc.admin.answers.totals.queryOptions({ step, filter: peopleFilter(asked) }, { placeholderData }))
  const before = useQuery(
    trpc.admin.answers.totals.queryOptions(
      { step, filter: peopleFilter({ ...asked, ...asked.than }) },
      { placeholderData, enabled: compared },
    ),
  )
  return {
    now: now.data,
    before: compared ? before.data : undefined,
    error: now.error ?? (compared ? before.error : null),
    stale: settled !== search || now.isPlaceholderData || (compared && (before.isPlaceholderData || before.isPending)),
    retry: () => Promise.all([now.refetch(), compared ? before.refetch() : undefined]),
  }
}
