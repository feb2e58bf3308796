'use client'

import { Anchor, EmptyState, Skeleton, Stack } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Moment } from '../shell/moment.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { CompletionCard } from './completion-card.tsx'

/** Everything that one person has answered, completion by completion. */
export function PersonPage({ userId }: { userId: string }) {
  const trpc = useTRPC()
  const history = useQuery(trpc.admin.answers.byUser.queryOptions({ userId }))
  const { user, completions } = history.data ?? {}
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
      {completions?.length === 0 ? (
        <EmptyState
          py={64}
          icon={<IconListDetails stroke={1.4} aria-hidden />}
          title="Nothing completed yet"
          description="This person has not completed the onboarding questionnaire."
        />
      ) : null}
      <Stack gap="lg">
        {completions?.map(({ snapshot, changes }, index) => (
          <CompletionCard
            key={snapshot.sessionId}
            snapshot={snapshot}
            changes={changes}
            place={index === completions.length - 1 ? 'first' : index === 0 ? 'latest' : 'between'}
            openedAtFirst={index === 0}
          />
        ))}
      </Stack>
    </>
  )
}
