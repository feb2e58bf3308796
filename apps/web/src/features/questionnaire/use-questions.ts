import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { useAnswers } from './answers.ts'
import type { AnswersState } from './kept-answers.ts'
import { keepManifest, keptManifest } from './kept-manifest.ts'
import { BUILT_IN, type Questions, questionsFollower } from './questions.ts'
import { useOnceTrue } from './use-once-true.ts'

/**
 * What this person is asked, following the answers as they are typed. `isKnown` is false until the server has said what
 * it asks: the built-in questions stand in then, and are not to be shown.
 */
export function useQuestions(session: OnboardingSession | undefined): { questions: Questions; isKnown: boolean } {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data, error } = useQuery(trpc.onboarding.manifest.queryOptions())
  useEffect(() => {
    const key = trpc.onboarding.manifest.queryKey()
    const kept = keptManifest()
    if (kept && queryClient.getQueryData(key) === undefined) queryClient.setQueryData(key, kept, { updatedAt: 0 })
  }, [queryClient, trpc])
  useEffect(() => {
    if (data) keepManifest(data)
  }, [data])

  const wasCutOff = useOnceTrue(error !== null)

  // What was kept may be of another session of this browser.
  const isOurs = data !== undefined && data.version === session?.manifestVersion && data.variant === session.variant
  const manifest = isOurs ? data : BUILT_IN
  const skipped = session?.skippedSteps.join() ?? ''
  const select = useMemo(() => {
    const languages = typeof navigator === 'undefined' ? [] : navigator.languages
    const follow = questionsFollower(manifest, { skippedSteps: skipped.split(','), languages })
    return ({ answers }: AnswersState) => follow(answers)
  }, [manifest, skipped])
  // Once the built-in ones had to do, they stay while the server is asked again: somebody may be typing.
  return { questions: useAnswers(select), isKnown: isOurs || error !== null || (wasCutOff && data === undefined) }
}
