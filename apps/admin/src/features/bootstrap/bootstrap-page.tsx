'use client'

import type { BootstrapStatus } from '@gangway/schemas/bootstrap'
import { Button, Progress, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Panel } from '../records/panel.tsx'
import { StatusLabel, type Tone } from '../records/status-label.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { BootstrapReportPanel } from './bootstrap-report.tsx'
import { Differences } from './differences.tsx'

const TEXTS: Record<BootstrapStatus['status'], { tone: Tone; label: string; meaning: string }> = {
  SYNCED: {
    tone: 'good',
    label: 'Synced',
    meaning: 'All meta tables are there, and as they are declared. Runs can set up workspaces.',
  },
  NOT_SYNCED: { tone: 'bad', label: 'Not synced', meaning: 'Meta tables are missing. Runs wait until they have been created.' },
  DRIFTED: { tone: 'warning', label: 'Drifted', meaning: 'Tables differ from their declaration. Runs wait until they agree.' },
}

/** The central dataset, and the way to set it up. */
export function BootstrapPage() {
  const { status, run } = useBootstrap()
  return (
    <>
      <PageHeader
        title="Bootstrap"
        description="The central dataset with its meta tables, which every workspace needs. Running it twice does no harm."
      >
        <Button onClick={() => run.mutate()} loading={run.isPending}>
          Run bootstrap
        </Button>
      </PageHeader>
      <Stack gap="lg">
        {status.error ? <ProblemNotice error={status.error} retry={() => void status.refetch()} /> : null}
        {run.error ? <ProblemNotice error={run.error} retry={() => run.mutate()} /> : null}
        {status.data ? <StatusPanel status={status.data} isRunning={run.isPending} /> : null}
        {status.isPending ? <Skeleton h={160} aria-label="Loading" /> : null}
        {run.data ? <BootstrapReportPanel report={run.data} /> : null}
        {status.data ? <Differences status={status.data} /> : null}
      </Stack>
    </>
  )
}

function useBootstrap() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const status = useQuery(trpc.admin.bootstrap.status.queryOptions())
  const run = useMutation(
    trpc.admin.bootstrap.run.mutationOptions({
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries(trpc.admin.bootstrap.status.queryFilter()),
          queryClient.invalidateQueries(trpc.admin.runs.pathFilter()),
        ]),
    }),
  )
  useSubscription(
    trpc.admin.bootstrap.progress.subscriptionOptions(undefined, {
      enabled: run.isPending,
      onData: (seen) => queryClient.setQueryData(trpc.admin.bootstrap.status.queryKey(), seen),
    }),
  )
  return { status, run }
}

function StatusPanel({ status, isRunning }: { status: BootstrapStatus; isRunning: boolean }) {
  const { tone, label, meaning } = TEXTS[status.status]
  const tables = `${status.tables_present} of ${status.tables_expected} tables`
  return (
    <Panel title="Status">
      <Text size="sm" component="div" role="status" fw={500}>
        <StatusLabel tone={tone}>
          {label} · {tables}
        </StatusLabel>
      </Text>
      <Progress.Root>
        <Progress.Section
          value={(status.tables_present / status.tables_expected) * 100}
          animated={isRunning}
          aria-label="Tables that are there"
          aria-valuetext={tables}
        />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        {meaning}
      </Text>
    </Panel>
  )
}
