'use client'

import { Button, Skeleton, Text } from '@mantine/core'
import type { HandOffView } from '@gangway/schemas/hand-offs'
import { languageFor } from '@gangway/schemas/manifest'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTRPCClient } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { useLanguage, useWords } from '../words/words.ts'
import { ownClaim } from './claim.ts'
import { forgetDraft } from './draft.ts'
import { HandOffForm } from './hand-off-form.tsx'
import { HandOffFrame } from './hand-off-frame.tsx'
import { TakeUpForm } from './take-up-form.tsx'

const GONE = new Set(['HAND_OFF_NOT_FOUND', 'HAND_OFF_TAKEN'])

/** Where the mail to a colleague leads: one step of somebody else's questions, without an account. */
export function HandOffPage({ code }: { code: string }) {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const queryKey = ['hand-off', code]
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => client.handOffs.open.mutate({ code, claim: ownClaim() }),
    // What is being typed on stays as it was seen: what has changed meanwhile is told when it is sent.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })

  const words = useWords()
  const isSpoken = useLanguage(data ? languageFor(data.languages, navigator.languages) : 'en')

  function show(view: HandOffView): void {
    if (view.state === 'answered' || view.state === 'closed') forgetDraft(code)
    queryClient.setQueryData(queryKey, view)
  }

  if (error) {
    const problem = problemOf(error)
    return (
      <HandOffFrame heading={GONE.has(problem.code) ? 'This link does not work' : 'This page could not be loaded'}>
        <ProblemAlert problem={problem}>
          {!GONE.has(problem.code) && (
            <Button size="xs" variant="default" onClick={() => void refetch()}>
              Try again
            </Button>
          )}
        </ProblemAlert>
      </HandOffFrame>
    )
  }
  if (!data || !isSpoken) {
    return (
      <HandOffFrame heading="One moment">
        <Skeleton height={160} aria-hidden />
      </HandOffFrame>
    )
  }
  switch (data.state) {
    case 'offered':
      return <TakeUpForm code={code} view={data} onTaken={show} />
    case 'claimed':
      return (
        <Suspense
          fallback={
            <HandOffFrame heading="One moment">
              <Skeleton height={160} aria-hidden />
            </HandOffFrame>
          }
        >
          <HandOffForm code={code} view={data} onView={show} />
        </Suspense>
      )
    case 'answered':
      return (
        <HandOffFrame heading={words.thanks}>
          <Text>{words.thanksLead(data.owner)}</Text>
        </HandOffFrame>
      )
    case 'closed':
      return (
        <HandOffFrame heading={words.nothingLeft}>
          <Text>{words.nothingLeftLead}</Text>
        </HandOffFrame>
      )
  }
}
