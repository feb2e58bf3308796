'use client'

import { attemptText, type WebhookAttempt, type WebhookDeliveryDetails } from '@gangway/schemas/webhooks'
import { Button, Code, DataList, Drawer, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { durationText } from '../records/duration-text.ts'
import { Moment, MomentOfDay } from '../shell/moment.tsx'
import classes from './delivery-drawer.module.css'
import { DeliveryLabel } from './delivery-label.tsx'
import { useWebhookActions } from './use-webhook-actions.ts'

const REFRESH_MS = 2000

/** One delivery: what was sent, and what came back each time. `deliveryId` is '' while none is open. */
export function DeliveryDrawer({ deliveryId, onClose }: { deliveryId: string; onClose: () => void }) {
  const trpc = useTRPC()
  const details = useQuery(
    trpc.admin.webhooks.delivery.queryOptions(
      { deliveryId },
      {
        enabled: deliveryId !== '',
        refetchInterval: ({ state }) => (state.data?.status === 'pending' ? REFRESH_MS : false),
      },
    ),
  )
  return (
    <Drawer
      opened={deliveryId !== ''}
      onClose={onClose}
      position="right"
      size="min(100%, 44rem)"
      title={details.data?.type ?? 'Delivery'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: classes.title }}
    >
      {details.error ? <ProblemNotice error={details.error} /> : null}
      {details.isPending ? <Skeleton h={320} aria-label="Loading" /> : null}
      {details.data ? <Details delivery={details.data} /> : null}
    </Drawer>
  )
}

function Details({ delivery }: { delivery: WebhookDeliveryDetails }) {
  const { redeliver } = useWebhookActions()
  const { id: deliveryId, url, orgSlug, messageId, createdAt, nextAttemptAt, body, log } = delivery
  return (
    <Stack>
      <DataList gap="xs" labelWidth="8rem" className={classes.facts}>
        <Fact label="State">
          <span role="status">
            <DeliveryLabel delivery={delivery} />
          </span>
        </Fact>
        <Fact label="Organization">{orgSlug ?? 'Operators'}</Fact>
        <Fact label="Address">{url}</Fact>
        <Fact label="Message">
          <code>{messageId}</code>
        </Fact>
        <Fact label="Time">
          <Moment at={createdAt} />
        </Fact>
        {nextAttemptAt ? (
          <Fact label="Next attempt">
            <MomentOfDay at={nextAttemptAt} />
          </Fact>
        ) : null}
      </DataList>
      <div>
        <Button variant="default" loading={redeliver.isPending} onClick={() => redeliver.mutate({ deliveryId })}>
          Send it again
        </Button>
      </div>
      {redeliver.error ? <ProblemNotice error={redeliver.error} /> : null}
      <section aria-labelledby="sent">
        <Title order={3} size="h5" id="sent" mb={6}>
          What was sent
        </Title>
        <Code block role="group" tabIndex={0} aria-labelledby="sent" className={classes.code}>
          {JSON.stringify(JSON.parse(body), null, 2)}
        </Code>
      </section>
      <section aria-labelledby="attempts">
        <Title order={3} size="h5" id="attempts" mb={6}>
          Attempts
        </Title>
        {log.length === 0 ? (
          <Text size="sm" c="dimmed">
            None yet.
          </Text>
        ) : null}
        <ol reversed className={classes.attempts} aria-labelledby="attempts">
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
    <li className={classes.attempt}>
      <Text size="sm" fw={500}>
        {attemptText(attempt)}
      </Text>
      <Text size="sm" c="dimmed">
        Attempt {number}, <MomentOfDay at={at} />, {durationText(durationMs)}
      </Text>
      {response ? (
        <Code block role="group" tabIndex={0} aria-label={`The answer to attempt ${number}`} className={classes.code}>
          {response}
        </Code>
      ) : null}
    </li>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  )
}
