'use client'

import { Anchor, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Moment } from '../shell/moment.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { PersonHistoryList } from './person-history.tsx'

/** Everything that one person has answered, on a page of its own. */
export function PersonPage({ userId }: { userId: string }) {
  const trpc = useTRPC()
  const history = useQuery(trpc.admin.answers.byUser.queryOptions({ userId }))
  const user = history.data?.user
  return (
    <>
      <Anchor component={Link} href={paths.answers()} size="sm" display="inline-block" mb="sm">
        All answers
      </Anchor>
      <PageHeader
        title={user ? user.name || user.email : history.error ? 'Answers of one person' : <Skeleton h={28} w={220} />}
        description={
          user ? (
            <>
              {user.email} · signed up <Moment at={user.createdAt} />
            </>
          ) : null
        }
      />
      {history.error ? <ProblemNotice error={history.error} retry={() => void history.refetch()} /> : null}
      {history.isPending ? <Skeleton h={320} aria-label="Loading" /> : null}
      {history.data ? <PersonHistoryList completions={history.data.completions} /> : null}
    </>
  )
}
