import { STAGE_LABELS } from '@gangway/schemas/provisioning'
import type { RunDetails } from '@gangway/schemas/runs'
import { Stack, Text } from '@mantine/core'
import { ErrorId } from '../problem/problem-notice.tsx'
import { Panel } from '../records/panel.tsx'
import { StatusLabel, type Tone } from '../records/status-label.tsx'
import { type CustomerPage, customerPage } from './customer-page.ts'
import classes from './customer-view.module.css'

const TONES: Record<CustomerPage['stages'][number]['state'], Tone> = {
  waiting: 'neutral',
  'in progress': 'active',
  'trying again': 'warning',
  done: 'good',
  failed: 'bad',
}

/** The success page as the customer has it before them now. */
export function CustomerView({ details: { customerView, timeline } }: { details: RunDetails }) {
  const { heading, stages, notice } = customerPage(customerView, timeline.at(-1))
  return (
    <Panel title="What the customer sees">
      <Text fw={600}>{heading}</Text>
      <ol className={classes.stages} aria-label="Stages as the customer sees them">
        {stages.map(({ id, state }) => (
          <li key={id} className={classes.stage}>
            <span>{STAGE_LABELS[id]}</span>
            <StatusLabel tone={TONES[state]}>{state}</StatusLabel>
          </li>
        ))}
      </ol>
      {notice ? (
        <Stack gap={4} className={classes.notice}>
          <Text size="sm" fw={600}>
            {notice.title}
          </Text>
          <Text size="sm">{notice.message}</Text>
          {notice.errorId ? <ErrorId id={notice.errorId} /> : null}
        </Stack>
      ) : null}
    </Panel>
  )
}
