'use client'

import { PLANS } from '@gangway/schemas/plans'
import type { Quota } from '@gangway/schemas/quotas'
import { Paper, SimpleGrid, Skeleton, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { LoadProblem } from './load-problem.tsx'
import styles from './settings.module.css'
import { timeText } from './time-text.ts'

const REFRESH_MS = 3000

/** What the plan allows, and what is left of it. */
export function QuotaSection({ orgId }: { orgId: string }) {
  const quota = useQuery(useTRPC().quotas.get.queryOptions({ orgId }, { refetchInterval: REFRESH_MS }))
  return (
    <section aria-labelledby="quota">
      <Title order={2} size="h3" id="quota" mb="md">
        {quota.data ? `What ${PLANS[quota.data.plan].name} allows` : 'What your plan allows'}
      </Title>
      {quota.isError && <LoadProblem title="The quota could not be loaded" query={quota} />}
      {quota.isPending && <Skeleton height={110} />}
      {quota.data && (
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
          <Meter label="Runs today" usage={quota.data.day} />
          <Meter label="Runs this month" usage={quota.data.month} />
          <Meter label="Runs at once" usage={quota.data.atOnce} />
        </SimpleGrid>
      )}
    </section>
  )
}

function Meter({ label, usage: { used, limit, resetsAt } }: { label: string; usage: Quota['day'] }) {
  const part = Math.min(1, used / limit)
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fw={600}>
        {used} of {limit}
      </Text>
      <div role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={limit} aria-valuenow={used} className={styles.meter}>
        <div className={styles.filled} data-full={used >= limit} style={{ width: `${part * 100}%` }} />
      </div>
      <Text size="xs" c="dimmed" mt="xs" mih="1.2rem">
        {resetsAt && `Resets ${timeText(resetsAt)}`}
      </Text>
    </Paper>
  )
}
