import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { ANSWER_SCHEMA_VERSION } from '@gangway/schemas/questionnaire'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { reached } from '../offline/connection.ts'
import { outbox, useOutbox } from '../offline/outbox.ts'
import { projectedSession } from '../offline/projected-session.ts'
import { useApiOrigin } from '../shell/api-origin.ts'
import { answers, useAnswers } from './answers.ts'
import { unsavedSteps } from './answers-store.ts'
import { leaveBehind } from './enqueue-edit.ts'
import type { SaveEngine, SaveStatus } from './save-engine.ts'
import { useOnceTrue } from './use-once-true.ts'

/** Brings the server's session, this browser's answers and its other tabs together. `session` is set once they are. */
export function useWizardSession(
  engine: SaveEngine,
  status: SaveStatus,
): {
  session: OnboardingSession | undefined
  error: unknown
  refetch: () => void
} {
  const trpc = useTRPC()
  const origin = useApiOrigin()
  const queryClient = useQueryClient()
  const { data, error, refetch, fetchStatus } = useQuery(trpc.onboarding.get.queryOptions())
  const [isHydrated, setHydrated] = useState(false)
  const kept = useAnswers((state) => state.session)
  const saves = useOutbox((state) => state.saves)

  useEffect(() => {
    void Promise.all([answers.hydrate(), outbox.load()]).then(() => setHydrated(true))
  }, [])

  const taken = useRef<OnboardingSession>(undefined)
  useEffect(() => {
    if (!isHydrated || !data || taken.current === data) return
    // While a save is under way its own answer is the newest, and is merged with what it wrote. This one waits for its end.
    if (engine.isBusy()) return
    taken.current = data
    void leaveBehind(origin, { sessionId: data.id }).then(() => answers.adopt(data, outbox.store.getState().saves))
  }, [isHydrated, data, status, engine, origin])

  useEffect(
    () =>
      answers.store.subscribe(({ session }, before) => {
        const queryKey = trpc.onboarding.get.queryKey()
        // What this browser kept is not what the server says, and may be of somebody else.
        const isAnswered = session && queryClient.getQueryData(queryKey)?.id === session.id
        if (isAnswered && session !== before.session) queryClient.setQueryData(queryKey, session)
      }),
    [queryClient, trpc],
  )

  // Without the server, what it said last has to do.
  const isCutOff =
    data === undefined && (fetchStatus === 'paused' || error !== null) && kept?.schemaVersion === ANSWER_SCHEMA_VERSION
  useEffect(() => {
    if (data !== undefined) reached(true)
    else if (isCutOff) reached(false)
  }, [data, isCutOff])

  // What was shown without the server stays while it is asked again: somebody may be typing in it.
  const wasCutOff = useOnceTrue(isCutOff)
  const isReady = isHydrated && kept !== null && (data === undefined ? wasCutOff : kept.id === data.id)
  useEffect(() => {
    if (!isReady) return
    const saveLeftovers = () => {
      for (const step of unsavedSteps(answers.snapshot())) engine.edited(step)
      void engine.resume()
    }
    // Another device may have saved meanwhile: what it wrote is merged with what was typed here.
    const onLook = () => {
      // A page that the browser had put aside has not heard what was typed in other tabs.
      void answers.hydrate()
      saveLeftovers()
      void queryClient.refetchQueries({ queryKey: trpc.onboarding.get.queryKey(), stale: true })
    }
    const onVisibility = () => (document.visibilityState === 'hidden' ? void engine.flushAll() : onLook())
    saveLeftovers()
    window.addEventListener('online', saveLeftovers)
    window.addEventListener('focus', onLook)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      window.removeEventListener('online', saveLeftovers)
      window.removeEventListener('focus', onLook)
      document.removeEventListener('visibilitychange', onVisibility)
      void engine.flushAll()
    }
  }, [isReady, engine, queryClient, trpc])

  useEffect(() => outbox.follow(), [])
  useEffect(
    () =>
      answers.follow((kind) => {
        if (kind === 'cleared') void queryClient.invalidateQueries({ queryKey: trpc.account.me.queryKey() })
        // Somebody reached the server: another tab, or the service worker.
        if (kind === 'session') reached(true)
        // The rest of the session is asked for when this tab is looked at again.
        if (kind === 'session')
          void queryClient.invalidateQueries({ queryKey: trpc.onboarding.get.queryKey(), refetchType: 'none' })
      }),
    [queryClient, trpc],
  )

  return {
    session: isReady ? projectedSession(kept, saves) : undefined,
    error: isReady ? null : error,
    refetch: () => void refetch(),
  }
}
