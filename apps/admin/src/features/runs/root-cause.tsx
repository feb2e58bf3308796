import { STAGE_LABELS } from '@gangway/schemas/provisioning'
import type { RunDetails } from '@gangway/schemas/runs'
import { Text } from '@mantine/core'
import { ErrorId } from '../problem/problem-notice.tsx'
import { Panel } from '../records/panel.tsx'
import { TechnicalCauseText } from './technical-cause.tsx'

/** What went wrong behind what the customer was told. */
export function RootCause({ details: { rootCause, timeline, run } }: { details: RunDetails }) {
  const entry = rootCause && timeline.find(({ seq }) => seq === rootCause.seq)
  return (
    <Panel title="Root cause">
      {rootCause && entry ? (
        <>
          <TechnicalCauseText cause={rootCause} />
          <Text size="sm" c="dimmed">
            {STAGE_LABELS[entry.stage]}, attempt {entry.attempt}, entry {entry.seq} of the journal
            {entry.failure ? `, as ${entry.failure.code}` : ''}
          </Text>
          {entry.failure ? <ErrorId id={entry.failure.errorId} /> : null}
        </>
      ) : run.failure ? (
        <>
          <Text size="sm">
            {run.failure.code}. The journal holds no more than the customer was told; the log has what was thrown, under this id.
          </Text>
          <ErrorId id={run.failure.errorId} />
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {timeline.some(({ failure }) => failure)
            ? 'What had failed has been overcome: see the journal.'
            : 'Nothing has failed.'}
        </Text>
      )}
    </Panel>
  )
}
