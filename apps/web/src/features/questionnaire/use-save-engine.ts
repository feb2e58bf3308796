import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTRPC, useTRPCClient } from '../../trpc/client.ts'
import { statusOf } from '../../trpc/problem.ts'
import { reached } from '../offline/connection.ts'
import { drain } from '../offline/drain.ts'
import { oneAtATime } from '../offline/one-at-a-time.ts'
import { outbox } from '../offline/outbox.ts'
import { refusedOf, unsentOf } from '../offline/queue.ts'
import { requestBackgroundSync } from '../offline/service-worker.ts'
import { useApiOrigin } from '../shell/api-origin.ts'
import { showToast } from '../shell/toasts.tsx'
import { trackAttempt, trackRetry } from '../telemetry/track-save.ts'
import { wordsNow } from '../words/words.ts'
import { answers } from './answers.ts'
import { classifySave } from './classify-save.ts'
import { enqueueEdit } from './enqueue-edit.ts'
import { newMutationId } from './mutation-id.ts'
import { createSaveEngine, type SaveEngine, type SaveStatus } from './save-engine.ts'

/** A save that is not answered in this time has failed. */
const DEADLINE_MS = 10_000

/** The engine of this page, on the browser's answers and saves, and on the API. */
export function useSaveEngine(): { engine: SaveEngine; status: SaveStatus } {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const origin = useApiOrigin()
  const [status, setStatus] = useState<SaveStatus>({ kind: 'untouched' })
  const [engine] = useState(() => {
    const known = () => {
      const { sessionId, revision, server } = answers.store.getState()
      return sessionId === null ? null : { sessionId, revision, server }
    }
    const unsent = () => unsentOf(outbox.store.getState().saves, known()?.sessionId ?? null)
    const classify = (error: unknown) => {
      const failure = classifySave(error)
      // Finished in another tab or on another device: the guard has to see it.
      if (failure.kind === 'refused') void queryClient.invalidateQueries({ queryKey: trpc.onboarding.get.queryKey() })
      return failure
    }
    return createSaveEngine({
      async enqueue(step, advance) {
        const queued = await enqueueEdit(origin, { step, advance })
        // A page that nobody sees may be gone before it is answered: the browser sends what it leaves.
        if (queued && document.visibilityState === 'hidden') void requestBackgroundSync()
        return queued
      },
      drain: (attempts) =>
        oneAtATime(() =>
          drain({
            outbox,
            known,
            attempts: navigator.onLine ? attempts : 1,
            async send(input) {
              trackAttempt(input)
              try {
                const session = await client.onboarding.save.mutate(input, { signal: AbortSignal.timeout(DEADLINE_MS) })
                reached(true)
                return session
              } catch (error) {
                reached(statusOf(error) !== null)
                throw error
              }
            },
            adopt: (session, saves) => answers.adopt(session, saves),
            classify,
            random: Math.random,
            onRetry({ code, message }) {
              trackRetry(code)
              void showToast({ id: 'save', title: wordsNow().retrying, message, tone: 'info' })
            },
          }),
        ),
      isWaiting: () => unsent().length > 0,
      isRefused: () => refusedOf(outbox.store.getState().saves, known()?.sessionId ?? null).length > 0,
      find: (mutationId) => outbox.store.getState().saves.find((save) => save.mutationId === mutationId),
      hasConflict: (step) => answers.store.getState().conflicts.some((conflict) => step === undefined || conflict.step === step),
      revision: () => answers.store.getState().revision,
      complete: (input) => client.onboarding.complete.mutate(input, { signal: AbortSignal.timeout(DEADLINE_MS) }),
      adopt: (session) => answers.adopt(session, outbox.store.getState().saves),
      classify,
      newMutationId,
      random: Math.random,
      onStatus: setStatus,
      // Nobody is signed in, or somebody else: whoever asks is told which.
      onSignedOut() {
        void queryClient.invalidateQueries({ queryKey: trpc.account.me.queryKey() })
        void queryClient.invalidateQueries({ queryKey: trpc.onboarding.get.queryKey() })
      },
      onGiveUp: ({ code, message }) => {
        void requestBackgroundSync()
        // The banner says it where nobody answers.
        if (code !== 'NETWORK_UNREACHABLE')
          void showToast({
            id: 'save',
            title: wordsNow().savedHereOnly,
            message: wordsNow().sentLater(message),
            tone: 'problem',
          })
      },
      onRecovered: () => void showToast({ id: 'save', title: wordsNow().saved, message: wordsNow().allArrived, tone: 'info' }),
    })
  })
  useEffect(() => engine.close, [engine])
  useEffect(() => outbox.store.subscribe(() => engine.noticed()), [engine])
  return { engine, status }
}
