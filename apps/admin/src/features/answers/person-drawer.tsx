'use client'

import { Anchor, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Moment } from '../shell/moment.tsx'
import { PersonHistoryList } from './person-history.tsx'

interface PersonDrawerProps {
  /** Whose answers; '' for nobody's. */
  userId: string
  onClose: () => void
}

/** One person's history beside the list that it was opened from. */
export function PersonDrawer({ userId, onClose }: PersonDrawerProps) {
  const trpc = useTRPC()
  const history = useQuery(trpc.admin.answers.byUser.queryOptions({ userId }, { enabled: userId !== '' }))
  const user = history.data?.user
  return (
    <Drawer
      opened={userId !== ''}
      onClose={onClose}
      position="right"
      size="min(100%, 44rem)"
      title={user ? user.name || user.email : 'Answers of one person'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        {user ? (
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {user.email} · signed up <Moment at={user.createdAt} />
            </Text>
            <Anchor component={Link} href={paths.person(user.id)} size="sm">
              Open as a page
            </Anchor>
          </Group>
        ) : null}
        {history.error ? <ProblemNotice error={history.error} retry={() => void history.refetch()} /> : null}
        {history.isPending && userId !== '' ? <Skeleton h={320} aria-label="Loading" /> : null}
        {history.data ? <PersonHistoryList completions={history.data.completions} /> : null}
      </Stack>
    </Drawer>
  )
}
