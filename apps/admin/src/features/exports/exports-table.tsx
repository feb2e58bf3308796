'use client'

import type { ExportView } from '@gangway/schemas/exports'
import { Button, Progress, Stack, Text } from '@mantine/core'
import { useLabels } from '../answers/use-labels.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'
import { bytesText } from './bytes-text.ts'
import { DownloadLink } from './download-link.tsx'
import { ExportFailure } from './export-failure.tsx'
import { ExportStateLabel, isUnderWay } from './export-state-label.tsx'
import { filterTexts } from './filter-text.ts'
import { useExportActions } from './use-exports.ts'

const NUMBER = new Intl.NumberFormat('en')

const COLUMNS: readonly Column<ExportView>[] = [
  { heading: 'File', width: '34%', cell: (row) => <File exported={row} /> },
  { heading: 'State', width: '20%', cell: (row) => <State exported={row} /> },
  { heading: 'Rows', width: '11%', cell: ({ rows }) => NUMBER.format(rows) },
  { heading: 'Started', width: '22%', cell: (row) => <Started exported={row} /> },
  { heading: 'Actions', width: '13%', cell: (row) => <Actions exported={row} /> },
]

export function ExportsTable({ rows }: { rows: readonly ExportView[] | undefined }) {
  return <RecordTable label="Exports" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
}

interface CellProps {
  exported: ExportView
}

function File({ exported: { fileName, filter } }: CellProps) {
  const parts = filterTexts(filter, useLabels())
  return (
    <>
      {fileName}
      <Text size="xs" c="dimmed">
        {parts.length > 0 ? parts.join(' · ') : 'All answers'}
      </Text>
    </>
  )
}

function State({ exported: { state, rows, expected, bytes, failure } }: CellProps) {
  return (
    <Stack gap={4}>
      <ExportStateLabel state={state} />
      {isUnderWay(state) ? (
        <Progress value={Math.min(100, (rows / Math.max(1, expected.value)) * 100)} aria-label="Progress of the export" />
      ) : null}
      {state === 'succeeded' ? (
        <Text size="xs" c="dimmed">
          {bytesText(bytes)}
        </Text>
      ) : null}
      {failure ? <ExportFailure failure={failure} /> : null}
    </Stack>
  )
}

function Started({ exported: { createdAt, startedBy } }: CellProps) {
  return (
    <>
      <Moment at={createdAt} />
      <Text size="xs" c="dimmed">
        {startedBy ? `by ${startedBy}` : 'by an account that is gone'}
      </Text>
    </>
  )
}

function Actions({ exported }: CellProps) {
  const { cancel } = useExportActions()
  const { id, state, fileName, downloadPath } = exported
  if (cancel.error) return <ProblemNotice error={cancel.error} />
  if (downloadPath) return <DownloadLink exported={exported} size="compact-sm" />
  if (!isUnderWay(state)) return <Absent />
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`Cancel ${fileName}`}
      loading={cancel.isPending}
      onClick={() => cancel.mutate({ exportId: id })}
    >
      Cancel
    </Button>
  )
}
