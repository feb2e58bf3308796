'use client'

import type { RunFailure, RunView } from '@gangway/schemas/provisioning'
import { Alert, Button, Text } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SlugChoice } from './slug-choice.tsx'
import type { RunProgress } from './stage-rows.ts'

interface RunNoticeProps {
  checkoutSessionId: string
  progress: RunProgress
  onAnswer: (view: RunView) => void
}

/** What a run that does not move needs, or from whom. */
export function RunNotice({ checkoutSessionId, progress: { state, failure }, onAnswer }: RunNoticeProps) {
  if (state === 'awaiting_payment') {
    return (
      <Alert color="gray" icon={<IconClock aria-hidden />} title="Waiting for your payment">
        <Text size="sm" c="var(--mantine-color-text)">
          Some payments take a while to clear. There is nothing to do: the setup goes on by itself as soon as yours has, and you
          can close this page.
        </Text>
      </Alert>
    )
  }
  if (state === 'cancelled' || state === 'rolled_back') {
    return (
      <ProblemAlert
        title="This setup was cancelled"
        problem={failure ?? { message: 'What was paid for it is refunded.', errorId: '' }}
      >
        <ToPlans />
      </ProblemAlert>
    )
  }
  if (state !== 'failed' || !failure) return null
  if (failure.kind === 'transient')
    return <TryAgain checkoutSessionId={checkoutSessionId} failure={failure} onAnswer={onAnswer} />
  if (failure.kind === 'permanent') {
    return (
      <ProblemAlert title="The setup has stopped" problem={failure}>
        <Text size="sm">What you paid for is not lost. Give the id to support, and they can see what happened.</Text>
      </ProblemAlert>
    )
  }
  if (failure.code === 'SLUG_TAKEN')
    return <SlugChoice checkoutSessionId={checkoutSessionId} failure={failure} onAnswer={onAnswer} />
  return (
    <ProblemAlert title="The setup needs you" problem={failure}>
      <ToPlans />
    </ProblemAlert>
  )
}

function ToPlans() {
  return (
    <Button component={Link} href={paths.plan()} size="xs" variant="default">
      See the plans
    </Button>
  )
}

function TryAgain({
  checkoutSessionId,
  failure,
  onAnswer,
}: {
  checkoutSessionId: string
  failure: RunFailure
  onAnswer: (view: RunView) => void
}) {
  const retry = useMutation(useTRPC().provisioning.retry.mutationOptions({ onSuccess: ({ run }) => onAnswer(run) }))
  return (
    <ProblemAlert title="The setup is interrupted" problem={retry.isError ? problemOf(retry.error) : failure}>
      <Text size="sm">It is tried again by itself, and goes on where it stopped.</Text>
      <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate({ checkoutSessionId })}>
        Try again now
      </Button>
    </ProblemAlert>
  )
}
