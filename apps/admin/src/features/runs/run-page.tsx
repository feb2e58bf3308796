'use client'

import { isTerminal } from '@gangway/schemas/provisioning'
import type { RunDetails } from '@gangway/schemas/runs'
import { Alert, Anchor, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Moment } from '../shell/moment.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { CustomerView } from './customer-view.tsx'
import { RootCause } from './root-cause.tsx'
import { RunButtons } from './run-buttons.tsx'
import { RunFacts } from './run-facts.tsx'
import classes from './run-page.module.css'
import { RunStateLabel } from './run-state-label.tsx'
import { stageText } from './stage-text.ts'
import { Timeline } from './timeline.tsx'
import { useRunActions } from './use-run-actions.ts'

const FOLLOW_MS = 2000

/** One run: where it is, what its customer sees beside what happened, and what can be done. */
export function RunPage({ runId }: { runId: string }) {
  const trpc = useTRPC()
  const details = useQuery(
    trpc.admin.runs.get.queryOptions(
      { runId },
      { refetchInterval: ({ state }) => (state.data && isTerminal(state.data.run.state) ? false : FOLLOW_MS) },
    ),
  )
  return (
    <>
      <Anchor component={Link} href={paths.runs()} size="sm" display="inline-block" mb="sm">
        All runs
      </Anchor>
      {details.data ? (
        <Run details={details.data} />
      ) : (
        <PageHeader title={details.error ? 'Run' : <Skeleton h={28} w={220} />} description={null} />
      )}
      {details.error ? <ProblemNotice error={details.error} retry={() => void details.refetch()} /> : null}
      {details.isPending ? <Skeleton h={480} aria-label="Loading" /> : null}
    </>
  )
}

function Run({ details }: { details: RunDetails }) {
  const { run, timeline } = details
  const actions = useRunActions()
  // Dialogs show their own.
  const problem = actions.sync.error ?? (actions.retry.variables?.fromStage ? null : actions.retry.error)
  return (
    <>
      <PageHeader
        title={run.slug}
        description={
          <>
            {run.companyName} · <Moment at={run.createdAt} />
          </>
        }
      >
        <RunButtons details={details} actions={actions} />
      </PageHeader>
      <Stack gap="lg">
        <div className={classes.state} role="status" aria-label="State">
          <RunStateLabel state={run.state} />
          <span>{stageText(run)}</span>
        </div>
        {problem ? <ProblemNotice error={problem} /> : null}
        {run.rollingBack ? (
          <Alert color="gray" title="This run is being rolled back">
            It goes on by itself until everything is undone and the payment is given back, whatever fails on the way.
          </Alert>
        ) : null}
        <div className={classes.sides}>
          <CustomerView details={details} />
          <RootCause details={details} />
        </div>
        <Timeline entries={timeline} />
        <RunFacts details={details} />
      </Stack>
    </>
  )
}
