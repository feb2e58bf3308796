'use client'

import { Alert, Anchor, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SignedInPage } from '../shell/signed-in-page.tsx'
import { PlanForm } from './plan-form.tsx'
import { suggestedOrder } from './suggested-order.ts'

export function PlanPage() {
  return (
    <SignedInPage width="wide">
      <Title order={1}>Choose your plan</Title>
      <Text c="dimmed" mt={6} mb="xl">
        Your workspace and your API key are made as soon as it is paid.
      </Text>
      <Order />
    </SignedInPage>
  )
}

/** The questionnaire need not be finished: what is answered so far is filled in. */
function Order() {
  const trpc = useTRPC()
  const session = useQuery(trpc.onboarding.get.queryOptions())
  const organizations = useQuery(trpc.organizations.mine.queryOptions())
  if (session.isLoadingError) {
    return (
      <ProblemAlert title="This page could not be loaded" problem={problemOf(session.error)}>
        <Button size="xs" variant="default" onClick={() => void session.refetch()}>
          Try again
        </Button>
      </ProblemAlert>
    )
  }
  // Where it is asked for again, somebody may be typing.
  const isFirstAsk = organizations.isPending && organizations.errorUpdateCount === 0
  if (!session.data || isFirstAsk) return <OrderSkeleton />
  const owned = organizations.data?.find(({ role }) => role === 'owner')
  return (
    <Stack gap="xl">
      {owned && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={`You already have ${owned.name}`}>
          <Text size="sm" c="var(--mantine-color-text)">
            Paying here makes a second organization beside it.{' '}
            <Anchor component={Link} href={paths.home()} size="sm" underline="always">
              Go to the one you have
            </Anchor>
          </Text>
        </Alert>
      )}
      <PlanForm suggested={suggestedOrder(session.data.answers)} />
    </Stack>
  )
}

function OrderSkeleton() {
  return (
    <Stack gap="xl" aria-hidden>
      <div style={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'repeat(auto-fit, minmax(min(16rem, 100%), 1fr))' }}>
        <Skeleton height={236} />
        <Skeleton height={236} />
        <Skeleton height={236} />
      </div>
      <Skeleton height={60} maw="32rem" />
      <Skeleton height={80} maw="32rem" />
    </Stack>
  )
}
