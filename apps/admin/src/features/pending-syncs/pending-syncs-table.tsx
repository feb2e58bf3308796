'use client'

import type { PendingSync } from '@gangway/schemas/runs'
import { Anchor, Button, Text } from '@mantine/core'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'
import { PendingSyncLabel } from './pending-sync-label.tsx'

interface PendingSyncsTableProps {
  rows: readonly PendingSync[] | undefined
  stale: boolean
  /** The one that is being synced. */
  busyId: string | undefined
  onSync: (id: string) => void
}

export function PendingSyncsTable({ rows, stale, busyId, onSync }: PendingSyncsTableProps) {
  const columns: readonly Column<PendingSync>[] = [
    { heading: 'Organization', width: '19%', cell: (sync) => <Organization sync={sync} /> },
    { heading: 'Status', width: '13%', cell: (sync) => <PendingSyncLabel status={sync.status} /> },
    { heading: 'Tries', width: '8%', cell: (sync) => sync.retryCount },
    { heading: 'Last error', width: '24%', cell: (sync) => sync.lastError ?? <Absent /> },
    { heading: 'Since', width: '14%', cell: (sync) => <Moment at={sync.createdAt} /> },
    { heading: 'Next try', width: '12%', cell: (sync) => <NextTry sync={sync} /> },
    {
      heading: 'Action',
      width: '10%',
      cell: (sync) =>
        sync.status === 'synced' ? (
          <Absent />
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Sync ${sync.orgSlug}`}
            loading={busyId === sync.id}
            onClick={() => onSync(sync.id)}
          >
            Sync
          </Button>
        ),
    },
  ]
  return <RecordTable label="Pending syncs" columns={columns} rows={rows} rowKey={(sync) => sync.id} stale={stale} />
}

function Organization({ sync: { runId, orgSlug, apiKeyFingerprint } }: { sync: PendingSync }) {
  return (
    <>
      <Anchor component={Link} href={paths.run(runId)} inherit>
        {orgSlug}
      </Anchor>
      <Text span display="block" size="xs" c="dimmed">
        key {apiKeyFingerprint}
      </Text>
    </>
  )
}

function NextTry({ sync: { status, nextAttemptAt, syncedAt } }: { sync: PendingSync }) {
  if (status === 'pending_sync') return <Moment at={nextAttemptAt} />
  return syncedAt ? (
    <>
      Synced <Moment at={syncedAt} />
    </>
  ) : (
    <Absent />
  )
}
