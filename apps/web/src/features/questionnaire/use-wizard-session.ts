import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { answers, useAnswers } from './answers.ts'
import { unsavedSteps } from './answers-store.ts'
import type { SaveEngine } from './save-engine.ts'

/** Brings the server's session, this browser's answers and its other tabs together. `session` is set once they are. */
export function useWizardSession(engine: SaveEngine): {
  session: OnboardingSession | undefined
  error: unknown
  refetch: () => void
} {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data, error, refetch } = useQuery(trpc.onboarding.get.queryOptions())
  const [isHydrated, setHydrated] = useState(false)
  const knownId = useAnswers((state) => state.sessionId)

  useEffect(() => {
    void Promise.resolve(answers.hydrate()).then(() => setHydrated(true))
  }, [])

  useEffect(() => {
    // While a save is under way its own answer is the newest, and is merged with what it wrote.
    if (isHydrated && data && !engine.isBusy()) answers.adopt(data)
  }, [isHydrated, data, engine])

  const isReady = isHydrated && data !== undefined && knownId === data.id
  useEffect(() => {
    if (!isReady) return
    const saveLeftovers = () => {
      for (const step of unsavedSteps(answers.snapshot())) engine.edited(step)
    }
    const onHidden = () => {
      if (document.visibilityState === 'hidden') void engine.flushAll()
    }
    saveLeftovers()
    window.addEventListener('online', saveLeftovers)
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      window.removeEventListener('online', saveLeftovers)
      document.removeEventListener('visibilitychange', onHidden)
      void engine.flushAll()
    }
  }, [isReady, engine])

  useEffect(
    () =>
      answers.follow((kind) => {
        if (kind === 'cleared') void queryClient.invalidateQueries({ queryKey: trpc.account.me.queryKey() })
        // Which steps are done is asked for when this tab is looked at again.
        if (kind === 'session')
          void queryClient.invalidateQueries({ queryKey: trpc.onboarding.get.queryKey(), refetchType: 'none' })
      }),
    [queryClient, trpc],
  )

  return { session: isReady ? data : undefined, error, refetch: () => void refetch() }
}
