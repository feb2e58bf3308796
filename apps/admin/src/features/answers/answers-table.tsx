'use client'

import type { Snapshot } from '@gangway/schemas/answers'
import { paths } from '../../paths.ts'
import { RecordTable } from '../records/record-table.tsx'
import type { AnswersQuery } from './answers-query.ts'
import { columnsFor } from './columns.tsx'
import { useLabels } from './use-labels.ts'

interface AnswersTableProps {
  rows: readonly Snapshot[] | undefined
  columns: readonly string[]
  stale: boolean
  query: AnswersQuery
}

export function AnswersTable({ rows, columns, stale, query }: AnswersTableProps) {
  const labels = useLabels()
  return (
    <RecordTable
      label="Answers"
      columns={columnsFor(columns, labels)}
      rows={rows}
      rowKey={(row) => row.sessionId}
      href={(row) => paths.answers({ ...query, open: row.userId })}
      stale={stale}
      stickyHead
    />
  )
}
