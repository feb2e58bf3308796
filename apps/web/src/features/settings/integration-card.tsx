'use client'

import { type Integration, type ProviderId, PROVIDERS } from '@gangway/schemas/integrations'
import { Button, Group, NativeSelect, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { IntegrationDialog, type IntegrationDialogName } from './integration-dialog.tsx'
import styles from './settings.module.css'
import { hourChoices, timeText } from './time-text.ts'
import { useIntegrations } from './use-integrations.ts'

interface IntegrationCardProps {
  orgId: string
  provider: ProviderId
  integration: Integration | undefined
}

/** One provider: whether it is connected, how its key is, and when it is asked by itself. */
export function IntegrationCard({ orgId, provider, integration }: IntegrationCardProps) {
  const [dialog, setDialog] = useState<IntegrationDialogName | null>(null)
  const { name, reports } = PROVIDERS[provider]
  return (
    <Paper component="li" withBorder p="lg" aria-label={name}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {name}
        </Title>
        <State integration={integration} />
      </Group>
      {integration && (
        <Text size="sm" c="dimmed" mt="xs">
          The key ends with <span className={styles.mono}>{integration.lastFour}</span> · checked{' '}
          {timeText(integration.checkedAt)}
        </Text>
      )}
      {!reports.usage && (
        <Text size="sm" c="dimmed" mt="xs">
          {name} tells nobody usage and cost by an API key: the key is watched, and there is nothing to sync.
        </Text>
      )}
      {integration && reports.usage && <Schedule orgId={orgId} integration={integration} />}
      <Group gap="xs" mt="md">
        <Button size="xs" variant={integration ? 'default' : 'filled'} onClick={() => setDialog('connect')}>
          {integration ? 'Replace the key' : 'Connect'}
        </Button>
        {integration && (
          <Button size="xs" variant="subtle" color="red" className={styles.danger} onClick={() => setDialog('remove')}>
            Remove
          </Button>
        )}
      </Group>
      {dialog && <IntegrationDialog name={dialog} orgId={orgId} provider={provider} onClose={() => setDialog(null)} />}
    </Paper>
  )
}

const STATES = {
  healthy: { text: 'Healthy', tone: 'good' },
  rejected: { text: 'The provider refuses the key', tone: 'bad' },
  unreachable: { text: 'The provider could not be asked the last time', tone: 'neutral' },
} as const

function State({ integration }: { integration: Integration | undefined }) {
  const { text, tone } = integration ? STATES[integration.health] : { text: 'Not connected', tone: 'neutral' }
  return (
    <span className={styles.state} data-tone={tone}>
      {text}
    </span>
  )
}

const NEVER = { value: '', label: 'Only when somebody starts it' }

function Schedule({ orgId, integration }: { orgId: string; integration: Integration }) {
  const { schedule } = useIntegrations()
  const [hours] = useState(() => hourChoices(new Date()))
  const { provider, scheduleHour, nextRunAt } = integration
  return (
    <>
      <NativeSelect
        mt="sm"
        maw="24rem"
        label="Sync usage and cost"
        description={nextRunAt ? `Next time: ${timeText(nextRunAt)}` : undefined}
        value={scheduleHour === null ? '' : String(scheduleHour)}
        disabled={schedule.isPending}
        data={[NEVER, ...hours]}
        onChange={({ currentTarget: { value } }) =>
          schedule.mutate({ orgId, provider, hour: value === '' ? null : Number(value) })
        }
      />
      {schedule.error && (
        <Group mt="sm" grow>
          <ProblemAlert problem={problemOf(schedule.error)} />
        </Group>
      )}
    </>
  )
}
