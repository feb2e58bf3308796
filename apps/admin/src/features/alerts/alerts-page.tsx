'use client'

import type { Alert } from '@gangway/schemas/runs'
import { Anchor, Skeleton, Stack, Text } from '@mantine/core'
import Link from 'next/link'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Panel } from '../records/panel.tsx'
import { StatusLabel } from '../records/status-label.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { ALERT_TEXTS } from './alert-texts.ts'
import { useAlerts } from './use-alerts.ts'

export function AlertsPage() {
  const alerts = useAlerts()
  const raised = alerts.data?.filter((alert) => alert.raised).length
  return (
    <>
      <PageHeader title="Alerts" description="What staff are warned of. Looked at again every half minute.">
        <Text role="status" size="sm" c="dimmed">
          {raised === undefined ? 'Loading…' : raised === 0 ? 'All is well' : `${raised} raised`}
        </Text>
      </PageHeader>
      <Stack gap="lg">
        {alerts.error ? <ProblemNotice error={alerts.error} retry={() => void alerts.refetch()} /> : null}
        {alerts.data?.map((alert) => <AlertPanel key={alert.kind} alert={alert} />) ??
          (alerts.isPending ? <Skeleton h={480} aria-label="Loading" /> : null)}
      </Stack>
    </>
  )
}

function AlertPanel({ alert: { kind, value, threshold, raised } }: { alert: Alert }) {
  const { title, description, href, place, text } = ALERT_TEXTS[kind]
  return (
    <Panel title={title}>
      <Text size="sm" component="div">
        <StatusLabel tone={raised ? 'bad' : 'good'}>
          {text(value)}, {raised ? `above the usual ${text(threshold)}` : `up to ${text(threshold)} is usual`}
        </StatusLabel>
      </Text>
      <Text size="sm" c="dimmed">
        {description}{' '}
        <Anchor component={Link} href={href} inherit underline="always">
          See {place}
        </Anchor>
      </Text>
    </Panel>
  )
}
