'use client'

import { Button, Center, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { AnswersFilters } from './answers-filters.tsx'
import { answersFilter, isFiltered, NO_QUERY } from './answers-query.ts'
import { AnswersTable } from './answers-table.tsx'
import { countText } from './count-text.ts'
import { NoAnswers } from './no-answers.tsx'
import { useAnswersQuery } from './use-answers-query.ts'

const PAGE_SIZE = 50

export function AnswersPage() {
  const trpc = useTRPC()
  const [query, setQuery] = useAnswersQuery()
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
          {count && !answers.isPlaceholderData ? countText(count) : 'Loading…'}
        </Text>
      </PageHeader>
      <AnswersFilters query={query} onChange={setQuery} />
      {answers.error ? <ProblemNotice error={answers.error} retry={() => void answers.refetch()} /> : null}
      {rows?.length === 0 && !answers.isPlaceholderData ? (
        <NoAnswers onClear={isFiltered(query) ? () => setQuery(NO_QUERY) : undefined} />
      ) : null}
      {rows?.length !== 0 && (rows || answers.isPending) ? <AnswersTable rows={rows} stale={answers.isPlaceholderData} /> : null}
      {answers.hasNextPage && !answers.isPlaceholderData ? (
        <Center mt="lg">
          <Button variant="default" onClick={() => void answers.fetchNextPage()} loading={answers.isFetchingNextPage}>
            Load more
          </Button>
        </Center>
      ) : null}
    </>
  )
}
