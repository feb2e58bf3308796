'use client'

import { Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { paths } from '../../paths.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { countText } from '../records/count-text.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useAddressQuery } from '../records/use-address-query.ts'
import { PageHeader } from '../shell/page-header.tsx'
import { NoRuns } from './no-runs.tsx'
import { RunsFilters } from './runs-filters.tsx'
import { isFiltered, NO_QUERY, readRunsQuery, runsFilter } from './runs-query.ts'
import { RunsTable } from './runs-table.tsx'
import { useRuns } from './use-runs.ts'

/** A search is not made for every letter. */
const TYPING_MS = 250

export function RunsPage() {
  const [query, setQuery] = useAddressQuery({ read: readRunsQuery, href: paths.runs })
  const [text] = useDebouncedValue(query.text, TYPING_MS)
  const runs = useRuns(runsFilter({ ...query, text }))
  const stale = runs.isPlaceholderData || text !== query.text
  const count = runs.data?.pages[0]?.count
  const rows = runs.data?.pages.flatMap((page) => page.rows)

  return (
    <>
      <PageHeader title="Runs" description="Every paid checkout on its way to a working tenant, newest first.">
        <Text role="status" size="sm" c="dimmed">
          {count && !stale ? countText(count, 'run') : 'Loading…'}
        </Text>
      </PageHeader>
      <RunsFilters query={query} onChange={setQuery} />
      {runs.error ? <ProblemNotice error={runs.error} retry={() => void runs.refetch()} /> : null}
      {rows?.length === 0 && !stale ? <NoRuns onClear={isFiltered(query) ? () => setQuery(NO_QUERY) : undefined} /> : null}
      {rows?.length !== 0 && (rows || runs.isPending) ? <RunsTable rows={rows} stale={stale} /> : null}
      <LoadMore list={runs} />
    </>
  )
}
