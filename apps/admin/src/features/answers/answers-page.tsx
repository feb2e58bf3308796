'use client'

import { Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { countText } from '../records/count-text.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useAddressQuery } from '../records/use-address-query.ts'
import { PageHeader } from '../shell/page-header.tsx'
import { AnswersFilters } from './answers-filters.tsx'
import { answersFilter, isFiltered, NO_QUERY, readAnswersQuery } from './answers-query.ts'
import { AnswersTable } from './answers-table.tsx'
import { NoAnswers } from './no-answers.tsx'

const PAGE_SIZE = 50

export function AnswersPage() {
  const trpc = useTRPC()
  const [query, setQuery] = useAddressQuery({ read: readAnswersQuery, href: paths.answers })
  const answers = useInfiniteQuery(
    trpc.admin.answers.list.infiniteQueryOptions(
      { filter: answersFilter(query), limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  const count = answers.data?.pages[0]?.count
  const rows = answers.data?.pages.flatMap((page) => page.rows)

  return (
    <>
      <PageHeader title="Answers" description="What people answered in the onboarding questionnaire, newest first.">
        <Text role="status" size="sm" c="dimmed">
          {count && !answers.isPlaceholderData ? countText(count, 'completion') : 'Loading…'}
        </Text>
      </PageHeader>
      <AnswersFilters query={query} onChange={setQuery} />
      {answers.error ? <ProblemNotice error={answers.error} retry={() => void answers.refetch()} /> : null}
      {rows?.length === 0 && !answers.isPlaceholderData ? (
        <NoAnswers onClear={isFiltered(query) ? () => setQuery(NO_QUERY) : undefined} />
      ) : null}
      {rows?.length !== 0 && (rows || answers.isPending) ? <AnswersTable rows={rows} stale={answers.isPlaceholderData} /> : null}
      <LoadMore list={answers} />
    </>
  )
}
