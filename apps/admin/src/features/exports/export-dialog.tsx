'use client'

import type { AnswersFilter } from '@gangway/schemas/answers'
import type { ExportFormat, ExportView } from '@gangway/schemas/exports'
import { Anchor, Checkbox, Modal, Radio, Stack, Text } from '@mantine/core'
import Link from 'next/link'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useLabels } from '../answers/use-labels.ts'
import { Bullets } from '../records/bullets.tsx'
import { ConfirmForm } from '../records/confirm-form.tsx'
import { ExportOutcome } from './export-outcome.tsx'
import { filterTexts } from './filter-text.ts'
import { useExportActions, useExportProgress } from './use-exports.ts'

interface ExportDialogProps {
  filter: AnswersFilter
  /** How many there are: `1,204 completions`. */
  count: string
  onClose: () => void
}

/** Exports what a filter lets through, and shows how that goes on. It goes on without the dialog as well. */
export function ExportDialog({ filter, count, onClose }: ExportDialogProps) {
  const { start } = useExportActions()
  const [format, setFormat] = useState<ExportFormat>('ndjson')
  const [gzip, setGzip] = useState(false)
  const parts = filterTexts(filter, useLabels())
  return (
    <Modal opened onClose={onClose} title="Export answers" closeButtonProps={{ 'aria-label': 'Close' }}>
      {start.data ? (
        <Started started={start.data} />
      ) : (
        <ConfirmForm
          confirmLabel="Start the export"
          dismissLabel="Cancel"
          onDismiss={onClose}
          onConfirm={() => start.mutate({ filter, format, gzip })}
          action={start}
        >
          <Text size="sm">
            {count}, {parts.length > 0 ? 'by these filters:' : 'all that there are.'}
          </Text>
          {parts.length > 0 ? <Bullets lines={parts} /> : null}
          <Radio.Group label="Format" value={format} onChange={setFormat}>
            <Stack gap="xs" mt={6}>
              <Radio value="ndjson" label="NDJSON" description="One line of JSON for each completion, for programs." />
              <Radio value="csv" label="CSV" description="One column for each question, for spreadsheets." />
            </Stack>
          </Radio.Group>
          <Checkbox label="Compress with gzip" checked={gzip} onChange={(event) => setGzip(event.currentTarget.checked)} />
        </ConfirmForm>
      )}
    </Modal>
  )
}

function Started({ started }: { started: ExportView }) {
  const exported = useExportProgress(started)
  return (
    <Stack>
      <ExportOutcome exported={exported} />
      <Text size="sm" c="dimmed">
        You can close this.{' '}
        <Anchor component={Link} href={paths.exports()} inherit underline="always">
          All exports
        </Anchor>{' '}
        keeps it until it expires.
      </Text>
    </Stack>
  )
}
