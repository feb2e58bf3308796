'use client'

import type { WebhookEndpoint } from '@gangway/schemas/webhooks'
import { Button, Group, Paper, Text } from '@mantine/core'
import { useState } from 'react'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { EndpointDialog, type EndpointDialogName } from './endpoint-dialog.tsx'
import { endpointState } from './endpoint-state.ts'
import { useWebhooks } from './use-webhooks.ts'
import styles from './webhooks.module.css'

/** One endpoint: where it is, what it hears, how it is, and what can be done with it. */
export function EndpointCard({ orgId, endpoint }: { orgId: string; endpoint: WebhookEndpoint }) {
  const [dialog, setDialog] = useState<EndpointDialogName | null>(null)
  const { update, ping } = useWebhooks()
  const { id: endpointId, url, description, events, disabledReason } = endpoint
  const isOn = disabledReason === null
  const error = update.error ?? ping.error
  const turn = (enabled: boolean) => update.mutate({ orgId, endpointId, url, description, events, enabled })
  const { text, tone } = endpointState(endpoint)
  return (
    <Paper component="li" withBorder p="lg" aria-label={url}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" className={styles.head}>
        <div className={styles.wide}>
          <Text fw={600} className={styles.url}>
            {url}
          </Text>
          {description && (
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          )}
        </div>
        <span className={styles.state} data-tone={tone}>
          {text}
        </span>
      </Group>
      <Text size="sm" mt="xs" className={styles.mono}>
        {events.join(', ')}
      </Text>
      {endpoint.previousSecretUntil && (
        <Text size="sm" c="dimmed" mt="xs">
          The secret before this one signs as well until{' '}
          {endpoint.previousSecretUntil.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}.
        </Text>
      )}
      {error && (
        <Group mt="sm" grow>
          <ProblemAlert problem={problemOf(error)} />
        </Group>
      )}
      <Group gap="xs" mt="md">
        {isOn && (
          <Button size="xs" variant="default" loading={ping.isPending} onClick={() => ping.mutate({ orgId, endpointId })}>
            Send a test
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => setDialog('edit')}>
          Edit
        </Button>
        <Button size="xs" variant="default" onClick={() => setDialog('rotate')}>
          Rotate the secret
        </Button>
        <Button size="xs" variant="default" loading={update.isPending} onClick={() => turn(!isOn)}>
          {isOn ? 'Turn off' : 'Turn on'}
        </Button>
        <Button size="xs" variant="subtle" color="red" className={styles.danger} onClick={() => setDialog('remove')}>
          Remove
        </Button>
        <Text size="sm" component="span" role="status">
          {ping.isSuccess ? 'The test is on its way: see the deliveries.' : ''}
        </Text>
      </Group>
      {dialog && <EndpointDialog name={dialog} orgId={orgId} endpoint={endpoint} onClose={() => setDialog(null)} />}
    </Paper>
  )
}
