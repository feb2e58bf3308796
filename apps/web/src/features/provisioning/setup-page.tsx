'use client'

import { STAGE_LABELS } from '@gangway/schemas/provisioning'
import { Alert, Button, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SignedInPage } from '../shell/signed-in-page.tsx'
import { KeyPanel } from './key-panel.tsx'
import { RunNotice } from './run-notice.tsx'
import { StageList } from './stage-list.tsx'
import { completedCount, type RunProgress } from './stage-rows.ts'
import { useLeadTab } from './use-lead-tab.ts'
import { useRun } from './use-run.ts'

/** From a paid checkout to the key: the run, live. */
export function SetupPage({ checkoutSessionId }: { checkoutSessionId: string }) {
  return (
    <SignedInPage width="narrow">
      {checkoutSessionId ? <Setup checkoutSessionId={checkoutSessionId} /> : <NoCheckout />}
    </SignedInPage>
  )
}

function Setup({ checkoutSessionId }: { checkoutSessionId: string }) {
  const { progress, part, error, restart, takeIn } = useRun(checkoutSessionId)
  const { isLead, hasLocks } = useLeadTab(checkoutSessionId)
  const isDone = progress.state === 'succeeded'
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  useEffect(() => {
    if (!isDone) return
    void queryClient.invalidateQueries(trpc.provisioning.mine.queryFilter())
    void queryClient.invalidateQueries(trpc.organizations.pathFilter())
  }, [isDone, queryClient, trpc])
  useDocumentTitle(`${isDone ? 'Welcome aboard!' : 'Setting up'} · Gangway`)
  if (error) return <CannotOpen error={error} onRetry={restart} />

  // Where there are no locks, who advances the run is the next best sign of who came first.
  const isFirst = hasLocks ? isLead === true : part !== undefined && part !== 'joined'
  const isSecond = hasLocks ? isLead === false : part === 'joined'
  return (
    <Stack gap="xl">
      <div>
        <Title order={1}>{isDone ? 'Welcome aboard!' : 'Setting up your workspace'}</Title>
        <Text c="dimmed" mt={6}>
          {isDone
            ? 'Your workspace is ready.'
            : 'This usually takes seconds. You may close the page: the setup goes on without it.'}
        </Text>
      </div>
      {isSecond && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title="Setup is in progress in another tab">
          <Text size="sm" c="var(--mantine-color-text)">
            You can follow it here as well. The key is shown there.
          </Text>
        </Alert>
      )}
      <StageList progress={progress} />
      <VisuallyHidden role="status" aria-label="Progress">
        {announcement(progress)}
      </VisuallyHidden>
      <RunNotice checkoutSessionId={checkoutSessionId} progress={progress} onAnswer={takeIn} />
      {isDone && (
        <>
          <KeyPanel checkoutSessionId={checkoutSessionId} isAutomatic={isFirst} />
          <Group>
            <Button component={Link} href={paths.home()} variant="default">
              Go to the home page
            </Button>
          </Group>
        </>
      )}
    </Stack>
  )
}

function announcement(progress: RunProgress): string {
  if (progress.state === 'succeeded') return 'Welcome aboard! All five stages are done.'
  if (progress.failure) return progress.failure.message
  if (progress.state === 'awaiting_payment') return 'Waiting for your payment.'
  const current = progress.rows.find(({ state }) => state === 'active' || state === 'retrying')
  return current ? `${STAGE_LABELS[current.id]}, ${completedCount(progress)} of ${progress.rows.length} stages done.` : ''
}

function CannotOpen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = problemOf(error)
  return (
    <>
      <Title order={1} mb="lg">
        This setup cannot be opened
      </Title>
      <ProblemAlert problem={problem}>
        {problem.retry === 'transient' && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        <Button component={Link} href={paths.plan()} size="xs" variant="default">
          See the plans
        </Button>
      </ProblemAlert>
    </>
  )
}

function NoCheckout() {
  return (
    <>
      <Title order={1} mb="lg">
        This setup cannot be opened
      </Title>
      <Text mb="lg">
        The address does not say which checkout it belongs to. The link in your mail, or on the home page, does.
      </Text>
      <Button component={Link} href={paths.home()}>
        Go to the home page
      </Button>
    </>
  )
}
