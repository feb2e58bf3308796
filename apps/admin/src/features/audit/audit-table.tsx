'use client'

import type { AuditEntry } from '@gangway/schemas/audit'
import { Text } from '@mantine/core'
import { paths } from '../../paths.ts'
import { type Column, RecordTable } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'
import { actorText } from './actor-text.ts'
import type { AuditQuery } from './audit-query.ts'

const COLUMNS: readonly Column<AuditEntry>[] = [
  { heading: 'Action', width: '20%', cell: (entry) => entry.action },
  { heading: 'Who', width: '29%', cell: actorText },
  { heading: 'Subject', width: '31%', cell: ({ subject }) => <Subject {...subject} /> },
  { heading: 'Time', width: '20%', cell: (entry) => <Moment at={entry.at} /> },
]

interface AuditTableProps {
  rows: readonly AuditEntry[] | undefined
  stale: boolean
  query: AuditQuery
}

export function AuditTable({ rows, stale, query }: AuditTableProps) {
  return (
    <RecordTable
      label="Audit log"
      columns={COLUMNS}
      rows={rows}
      rowKey={(entry) => String(entry.id)}
      href={(entry) => paths.audit({ ...query, entry: String(entry.id) })}
      stale={stale}
    />
  )
}

function Subject({ type, id }: AuditEntry['subject']) {
  return (
    <>
      {type}
      <Text span display="block" size="xs" c="dimmed" lineClamp={1}>
        {id}
      </Text>
    </>
  )
}
