'use client'

import { attemptText, type WebhookAttempt, type WebhookDeliveryDetails } from '@gangway/schemas/webhooks'
import { Button, Code, Group, Modal, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { deliveryState } from './delivery-state.ts'
import { timeText } from './time-text.ts'
import { useWebhooks } from './use-webhooks.ts'
import styles from './webhooks.module.css'

interface DeliveryDialogProps {
  orgId: string
  deliveryId: string
  onClose: () => void
}

const REFRESH_MS = 2000

/** What was sent, what came back each time, and a way to send it again. */
export function DeliveryDialog({ orgId, deliveryId, onClose }: DeliveryDialogProps) {
  const details = useQuery(
    useTRPC().webhooks.delivery.queryOptions(
      { orgId, deliveryId },
      { refetchInterval: ({ state }) => (state.data?.status === 'pending' ? REFRESH_MS : false) },
    ),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={details.data?.type ?? 'Delivery'}
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: styles.title ?? '' }}
    >
      {details.error && <ProblemAlert problem={problemOf(details.error)} />}
      {details.isPending && <Skeleton height={320} />}
      {details.data && <Details orgId={orgId} delivery={details.data} />}
    </Modal>
  )
}

function Details({ orgId, delivery }: { orgId: string; delivery: WebhookDeliveryDetails }) {
  const { redeliver } = useWebhooks()
  const { id: deliveryId, url, messageId, nextAttemptAt, body, log } = delivery
  const { text, tone } = deliveryState(delivery)
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <div className={styles.wide}>
          <span role="status" className={styles.state} data-tone={tone}>
            {text}
            {nextAttemptAt && log.length > 0 ? `: ${timeText(nextAttemptAt)}` : ''}
          </span>
          <Text size="sm" mt={4} className={styles.url}>
            {url}
          </Text>
          <Text size="sm" c="dimmed" className={styles.mono}>
            {messageId}
          </Text>
        </div>
        <Button size="xs" variant="default" loading={redeliver.isPending} onClick={() => redeliver.mutate({ orgId, deliveryId })}>
          Send it again
        </Button>
      </Group>
      {redeliver.error && <ProblemAlert problem={problemOf(redeliver.error)} />}
      <section aria-labelledby="sent">
        <Title order={3} size="h5" id="sent" mb={6}>
          What was sent
        </Title>
        <Code block role="group" tabIndex={0} aria-labelledby="sent" className={styles.code}>
          {indented(body)}
        </Code>
      </section>
      <section aria-labelledby="attempts">
        <Title order={3} size="h5" id="attempts" mb={6}>
          Attempts
        </Title>
        {log.length === 0 && (
          <Text size="sm" c="dimmed">
            None yet.
          </Text>
        )}
        <ol className={styles.plain} aria-labelledby="attempts" reversed>
          {log.map((attempt) => (
            <Attempt key={attempt.number} attempt={attempt} />
          ))}
        </ol>
      </section>
    </Stack>
  )
}

function Attempt({ attempt }: { attempt: WebhookAttempt }) {
  const { number, at, durationMs, response } = attempt
  return (
    <li className={styles.attempt}>
      <Text size="sm">
        <strong>{attemptText(attempt)}</strong>
        <span className={styles.quiet}>
          {' '}
          · attempt {number} · {timeText(at)} · {durationMs} ms
        </span>
      </Text>
      {response && (
        <Code block role="group" tabIndex={0} aria-label={`The answer to attempt ${number}`} className={styles.code}>
          {response}
        </Code>
      )}
    </li>
  )
}

/** The body goes out on one line; for reading it is laid out. */
function indented(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2)
}
