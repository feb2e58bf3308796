'use client'

import type { Lock } from '@gangway/schemas/runs'
import { Anchor, EmptyState, Text } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { durationText } from '../records/duration-text.ts'
import { type Column, RecordTable } from '../records/record-table.tsx'
import { StatusLabel } from '../records/status-label.tsx'
import { MomentOfDay } from '../shell/moment.tsx'
import { PageHeader } from '../shell/page-header.tsx'

const FOLLOW_MS = 2000

const COLUMNS: readonly Column<Lock>[] = [
  { heading: 'Run', width: '26%', cell: (lock) => <RunOf lock={lock} /> },
  { heading: 'Holder', width: '26%', cell: (lock) => <code>{lock.holder}</code> },
  { heading: 'Age', width: '13%', cell: (lock) => durationText(lock.ageMs) },
  { heading: 'Token', width: '9%', cell: (lock) => lock.fencingToken },
  { heading: 'Last heartbeat', width: '13%', cell: (lock) => <MomentOfDay at={lock.heartbeatAt} /> },
  { heading: 'Expires', width: '13%', cell: (lock) => <Expiry lock={lock} /> },
]

/** Who advances which run now. */
export function LocksPage() {
  const trpc = useTRPC()
  const locks = useQuery(trpc.admin.locks.list.queryOptions(undefined, { refetchInterval: FOLLOW_MS }))
  return (
    <>
      <PageHeader
        title="Locks"
        description="Which process advances which run now, oldest first. One that has expired is taken over by the sweeper."
      />
      {locks.error ? <ProblemNotice error={locks.error} retry={() => void locks.refetch()} /> : null}
      {locks.data?.length === 0 ? (
        <EmptyState
          py={64}
          icon={<IconLockOpen stroke={1.4} aria-hidden />}
          title="Nothing is locked"
          description="A lock is here for the moments in which a process advances a run."
        />
      ) : null}
      {locks.isPending || (locks.data && locks.data.length > 0) ? (
        <RecordTable label="Locks" columns={COLUMNS} rows={locks.data} rowKey={(lock) => lock.lockId} />
      ) : null}
    </>
  )
}

function RunOf({ lock: { run, checkoutSessionId } }: { lock: Lock }) {
  if (!run) return <code>{checkoutSessionId}</code>
  return (
    <>
      <Anchor component={Link} href={paths.run(run.id)} inherit>
        {run.slug}
      </Anchor>
      <Text span display="block" size="xs" c="dimmed">
        {checkoutSessionId}
      </Text>
    </>
  )
}

function Expiry({ lock: { expired, expiresAt } }: { lock: Lock }) {
  return expired ? <StatusLabel tone="bad">Expired</StatusLabel> : <MomentOfDay at={expiresAt} />
}
