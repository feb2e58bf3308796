'use client'

import { Button, Group, Skeleton, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { useViewer } from '../account/use-viewer.ts'
import { answers } from '../questionnaire/answers.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SignedInPage } from '../shell/signed-in-page.tsx'

/** Where the mail of an invitation leads. Who has no account yet makes one first, and comes back here. */
export function InvitePage({ code }: { code: string }) {
  return (
    <SignedInPage width="narrow">
      <Title order={1}>You are invited</Title>
      <Invitation code={code} />
    </SignedInPage>
  )
}

function Invitation({ code }: { code: string }) {
  const router = useRouter()
  const { data: viewer } = useViewer()
  const { data: session, isLoadingError, error } = useQuery(useTRPC().onboarding.get.queryOptions())
  const [isLeaving, setLeaving] = useState(false)
  if (isLoadingError) return <ProblemAlert problem={problemOf(error)} />
  if (!session || !viewer) return <Skeleton height={120} mt="lg" />
  if (session.status === 'completed') return <JoinAtOnce code={code} email={viewer.email} />

  /** The code is filled in where the questions ask for it, and sent with them. */
  async function accept(open: NonNullable<typeof session>): Promise<void> {
    setLeaving(true)
    await answers.hydrate()
    answers.adopt(open)
    answers.edit('workspace', { mode: 'join', inviteCode: code })
    router.push(paths.step(open.currentStep))
  }

  return (
    <>
      <Text mt="md" mb="xl">
        A few questions about you, and you are in: your invitation is filled in at the last one. It works for the address that it
        was sent to, and you are signed in as {viewer.email}.
      </Text>
      <Group>
        <Button loading={isLeaving} onClick={() => void accept(session)}>
          Accept and go on
        </Button>
        <Button component={Link} href={paths.home()} variant="default">
          Not now
        </Button>
      </Group>
    </>
  )
}

/** For who has nothing left to answer. */
function JoinAtOnce({ code, email }: { code: string; email: string }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const join = useMutation(
    trpc.organizations.join.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.organizations.pathFilter()) }),
  )
  if (join.data) {
    return (
      <div role="status">
        <Text mt="md" mb="xl">
          You belong to {join.data.name} now.
        </Text>
        <Button component={Link} href={paths.home()}>
          Go to the home page
        </Button>
      </div>
    )
  }
  return (
    <>
      <Text mt="md" mb="xl">
        The invitation works for the address that it was sent to, and you are signed in as {email}.
      </Text>
      {join.error && (
        <Group mb="xl" grow>
          <ProblemAlert problem={problemOf(join.error)} />
        </Group>
      )}
      <Group>
        <Button loading={join.isPending} onClick={() => join.mutate({ code })}>
          Accept
        </Button>
        <Button component={Link} href={paths.home()} variant="default">
          Not now
        </Button>
      </Group>
    </>
  )
}
