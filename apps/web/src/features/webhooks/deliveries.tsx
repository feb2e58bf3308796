'use client'

import { attemptText, type WebhookDelivery } from '@gangway/schemas/webhooks'
import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { DeliveryDialog } from './delivery-dialog.tsx'
import { deliveryState } from './delivery-state.ts'
import { timeText } from './time-text.ts'
import styles from './webhooks.module.css'

const PAGE_SIZE = 20
/** The worker sends within a second or two of what happened. */
const REFRESH_MS = 3000

/** What was sent to all endpoints, newest first. */
export function Deliveries({ orgId }: { orgId: string }) {
  const list = useInfiniteQuery(
    useTRPC().webhooks.deliveries.infiniteQueryOptions(
      { orgId, limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData, refetchInterval: REFRESH_MS },
    ),
  )
  const [openId, setOpenId] = useState<string | null>(null)
  const rows = list.data?.pages.flatMap((page) => page.rows)
  return (
    <section aria-labelledby="deliveries">
      <Title order={2} size="h3" id="deliveries" mb="md">
        Deliveries
      </Title>
      {list.isError && (
        <ProblemAlert title="The deliveries could not be loaded" problem={problemOf(list.error)}>
          <Button size="xs" variant="default" onClick={() => void list.refetch()}>
            Try again
          </Button>
        </ProblemAlert>
      )}
      {list.isPending && <Skeleton height={180} />}
      {rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing was sent yet. Deliveries are kept for 30 days.
        </Text>
      )}
      {rows && rows.length > 0 && (
        <Paper withBorder component="ul" className={styles.rows} aria-labelledby="deliveries">
          {rows.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => setOpenId(delivery.id)} />
          ))}
        </Paper>
      )}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
        </Group>
      )}
      {openId && <DeliveryDialog orgId={orgId} deliveryId={openId} onClose={() => setOpenId(null)} />}
    </section>
  )
}

function DeliveryRow({ delivery, onOpen }: { delivery: WebhookDelivery; onOpen: () => void }) {
  const { type, url, createdAt, lastStatus, lastError } = delivery
  const { text, tone } = deliveryState(delivery)
  return (
    <li className={styles.row}>
      <div className={styles.wide}>
        <Group gap="xs">
          <span className={styles.mono}>{type}</span>
          <span className={styles.state} data-tone={tone}>
            {text}
          </span>
        </Group>
        <Text size="sm" c="dimmed" className={styles.url}>
          {attemptText({ status: lastStatus, error: lastError })} · {url}
        </Text>
      </div>
      <Text size="sm" c="dimmed" className={styles.time}>
        <time dateTime={createdAt.toISOString()}>{timeText(createdAt)}</time>
      </Text>
      <Button size="xs" variant="default" onClick={onOpen} aria-label={`Details of ${type}, ${timeText(createdAt)}`}>
        Details
      </Button>
    </li>
  )
}
