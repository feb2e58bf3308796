'use client'

import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { ManifestStep } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import type { Organization } from '@gangway/schemas/organizations'
import type { RunView } from '@gangway/schemas/provisioning'
import { Button, SimpleGrid, Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { useViewer } from '../account/use-viewer.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SignedInPage } from '../shell/signed-in-page.tsx'
import { Checklist } from './checklist.tsx'
import type { Standing } from './next-action.ts'
import { NextStepCard } from './next-step-card.tsx'
import { OrganizationCard } from './organization-card.tsx'
import { StarterKitSection } from './starter-kit-section.tsx'

export function HomePage() {
  return (
    <SignedInPage width="wide">
      <Greeting />
      <Sections />
    </SignedInPage>
  )
}

function Greeting() {
  const { data: viewer } = useViewer()
  return (
    <Title order={1} mb="xl" mih="2.4rem">
      {viewer ? `Welcome, ${viewer.name.split(' ')[0]}` : <Skeleton component="span" display="block" height={32} width={260} />}
    </Title>
  )
}

/** Everything is asked for at once, and what is below waits for what is above, so that nothing is pushed down. */
function Sections() {
  const trpc = useTRPC()
  const session = useQuery(trpc.onboarding.get.queryOptions())
  const runs = useQuery(trpc.provisioning.mine.queryOptions())
  const organizations = useQuery(trpc.organizations.mine.queryOptions())
  const progress = useQuery(trpc.organizations.checklist.queryOptions(undefined, { staleTime: 0 }))
  const manifest = useQuery(trpc.onboarding.manifest.queryOptions())
  useQuery(trpc.starter.status.queryOptions())
  const needed = [session, runs, organizations, progress]
  const failed = needed.find(({ isLoadingError }) => isLoadingError)
  if (failed) {
    return (
      <>
        <ProblemAlert title="This could not be loaded" problem={problemOf(failed.error)}>
          <Button size="xs" variant="default" onClick={() => needed.forEach((query) => void query.refetch())}>
            Try again
          </Button>
        </ProblemAlert>
        <StarterKitSection />
      </>
    )
  }
  if (!session.data || !runs.data || !organizations.data || progress.data === undefined || manifest.isPending) {
    return (
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Skeleton height={248} />
        <Skeleton height={248} />
      </SimpleGrid>
    )
  }
  return (
    <>
      <Overview
        session={session.data}
        asked={manifest.data?.steps ?? []}
        runs={runs.data}
        organizations={organizations.data}
        progress={progress.data}
      />
      <StarterKitSection />
    </>
  )
}

interface OverviewProps {
  session: OnboardingSession
  asked: readonly ManifestStep[]
  runs: RunView[]
  organizations: Organization[]
  progress: Standing['progress']
}

function Overview({ session, asked, runs, organizations, progress }: OverviewProps) {
  const standing = { session, steps: applicable(asked, session).steps, runs, organizations, progress }
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <NextStepCard standing={standing} />
        <Checklist standing={standing} />
      </SimpleGrid>
      {organizations.map((organization) => (
        <OrganizationCard
          key={organization.id}
          organization={organization}
          run={runs.find(({ orgId, state }) => orgId === organization.id && state === 'succeeded')}
        />
      ))}
    </Stack>
  )
}
