'use client'

import type { ExportView } from '@gangway/schemas/exports'
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Moment } from '../shell/moment.tsx'
import { bytesText } from './bytes-text.ts'
import { DownloadLink } from './download-link.tsx'
import { ExportFailure } from './export-failure.tsx'
import { ExportStateLabel, isUnderWay } from './export-state-label.tsx'
import { useExportActions } from './use-exports.ts'

const NUMBER = new Intl.NumberFormat('en')

/** How far an export is, and what can be done with it by now. */
export function ExportOutcome({ exported }: { exported: ExportView }) {
  const { cancel } = useExportActions()
  const { id, state, rows, expected, bytes, expiresAt, sha256, failure } = exported
  const share = Math.min(100, (rows / Math.max(1, expected.value)) * 100)
  return (
    <Stack gap="sm">
      <Group justify="space-between" role="status">
        <ExportStateLabel state={state} />
        <Text size="sm" c="dimmed">
          {rowsText(exported)} · {bytesText(bytes)}
        </Text>
      </Group>
      {isUnderWay(state) ? <Progress value={share} aria-label="Progress of the export" /> : null}
      {failure ? <ExportFailure failure={failure} /> : null}
      {state === 'succeeded' && expiresAt ? (
        <Text size="sm" c="dimmed">
          The file can be downloaded until <Moment at={expiresAt} />.
        </Text>
      ) : null}
      {state === 'succeeded' && sha256 ? (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          SHA-256 {sha256}
        </Text>
      ) : null}
      {cancel.error ? <ProblemNotice error={cancel.error} /> : null}
      <Group justify="flex-end" gap="sm">
        {isUnderWay(state) ? (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ exportId: id })}>
            Cancel the export
          </Button>
        ) : null}
        <DownloadLink exported={exported} />
      </Group>
    </Stack>
  )
}

function rowsText({ state, rows, expected }: ExportView): string {
  const noun = expected.value === 1 ? 'row' : 'rows'
  if (!isUnderWay(state)) return `${NUMBER.format(rows)} ${rows === 1 ? 'row' : 'rows'}`
  return `${NUMBER.format(rows)} of ${expected.exact ? '' : 'about '}${NUMBER.format(expected.value)} ${noun}`
}
