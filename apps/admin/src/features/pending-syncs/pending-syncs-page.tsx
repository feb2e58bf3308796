'use client'

import { Button, EmptyState, Group, Radio, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { countText } from '../records/count-text.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useAddressQuery } from '../records/use-address-query.ts'
import { PageHeader } from '../shell/page-header.tsx'
import { pendingSyncsFilter, readPendingSyncsQuery, SHOWN } from './pending-syncs-query.ts'
import { PendingSyncsTable } from './pending-syncs-table.tsx'

const PAGE_SIZE = 50
const REFRESH_MS = 5000

/** Organizations that the warehouse knows and Postgres could not be told about. */
export function PendingSyncsPage() {
  const trpc = useTRPC()
  const [query, setQuery] = useAddressQuery({ read: readPendingSyncsQuery, href: paths.pendingSyncs })
  const syncs = useInfiniteQuery(
    trpc.admin.pendingSyncs.list.infiniteQueryOptions(
      { filter: pendingSyncsFilter(query), limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData, refetchInterval: REFRESH_MS },
    ),
  )
  const { syncOne, syncAll } = useSyncing()
  const count = syncs.data?.pages[0]?.count
  const rows = syncs.data?.pages.flatMap((page) => page.rows)
  const problem = syncAll.error ?? syncOne.error
  return (
    <>
      <PageHeader
        title="Pending syncs"
        description="Organizations that the warehouse knows and Postgres could not be told about. The worker drains them by itself."
      >
        <Button onClick={() => syncAll.mutate()} loading={syncAll.isPending}>
          Sync all
        </Button>
      </PageHeader>
      <Group justify="space-between" mb="lg">
        <Radio.Group
          aria-label="Show"
          value={query.show}
          onChange={(value) => setQuery({ show: SHOWN.find((shown) => shown.value === value)?.value ?? 'open' })}
        >
          <Group gap="lg">
            {SHOWN.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Group>
        </Radio.Group>
        <Text role="status" size="sm" c="dimmed">
          {syncAll.data ? `${syncAll.data.synced} synced, ${syncAll.data.failed} failed. ` : ''}
          {count && !syncs.isPlaceholderData ? countText(count, 'record') : 'Loading…'}
        </Text>
      </Group>
      {syncs.error ? <ProblemNotice error={syncs.error} retry={() => void syncs.refetch()} /> : null}
      {problem ? <ProblemNotice error={problem} /> : null}
      {rows?.length === 0 && !syncs.isPlaceholderData ? <NoPendingSyncs isAll={query.show === 'all'} /> : null}
      {rows?.length !== 0 && (rows || syncs.isPending) ? (
        <PendingSyncsTable
          rows={rows}
          stale={syncs.isPlaceholderData}
          busyId={syncOne.isPending ? syncOne.variables.id : undefined}
          onSync={(id) => syncOne.mutate({ id })}
        />
      ) : null}
      <LoadMore list={syncs} />
    </>
  )
}

function useSyncing() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.admin.pendingSyncs.pathFilter()),
      queryClient.invalidateQueries(trpc.admin.alerts.queryFilter()),
      queryClient.invalidateQueries(trpc.admin.runs.pathFilter()),
    ])
  return {
    syncOne: useMutation(trpc.admin.pendingSyncs.syncOne.mutationOptions({ onSettled })),
    syncAll: useMutation(trpc.admin.pendingSyncs.syncAll.mutationOptions({ onSettled })),
  }
}

function NoPendingSyncs({ isAll }: { isAll: boolean }) {
  return (
    <EmptyState
      py={64}
      icon={<IconRefresh stroke={1.4} aria-hidden />}
      title={isAll ? 'No pending syncs yet' : 'Nothing to show here'}
      description="A record appears here when a setup is done in the warehouse while Postgres cannot be reached. Synced ones are kept for 30 days."
    />
  )
}
