'use client'

import { answerParts } from '@gangway/schemas/answer-labels'
import type { Snapshot } from '@gangway/schemas/answers'
import { Text } from '@mantine/core'
import { paths } from '../../paths.ts'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'

const COLUMNS: readonly Column<Snapshot>[] = [
  { heading: 'Person', width: '30%', cell: (row) => row.email },
  { heading: 'Company', width: '21%', cell: (row) => row.company ?? <Absent /> },
  { heading: 'Role', width: '13%', cell: (row) => (row.role ? answerParts('work', 'role', row.role) : <Absent />) },
  { heading: 'Organization', width: '17%', cell: (row) => (row.orgSlug ? <Slug slug={row.orgSlug} /> : <Absent />) },
  { heading: 'Completed', width: '19%', cell: (row) => <Moment at={row.completedAt} /> },
]

export function AnswersTable({ rows, stale }: { rows: readonly Snapshot[] | undefined; stale: boolean }) {
  return (
    <RecordTable
      label="Answers"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.sessionId}
      href={(row) => paths.person(row.userId)}
      stale={stale}
    />
  )
}

function Slug({ slug }: { slug: string }) {
  return (
    <Text span size="sm" ff="monospace">
      {slug}
    </Text>
  )
}
