import { pendingPatch } from '@gangway/schemas/merge'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '../../trpc/client.ts'
import { showToast } from '../shell/toasts.tsx'
import { answers } from './answers.ts'
import { classifySave } from './classify-save.ts'
import { newMutationId } from './mutation-id.ts'
import { createSaveEngine, type SaveEngine, type SaveStatus } from './save-engine.ts'

/** The engine of this page, on the browser's answers and the API. */
export function useSaveEngine(): { engine: SaveEngine; status: SaveStatus } {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [status, setStatus] = useState<SaveStatus>({ kind: 'untouched' })
  const [engine] = useState(() =>
    createSaveEngine({
      read(step) {
        const state = answers.snapshot()
        const inConflict = state.conflicts.some((conflict) => conflict.step === step)
        return { revision: state.revision, patch: pendingPatch(state, step), inConflict }
      },
      save: (input) => client.onboarding.save.mutate(input),
      complete: (input) => client.onboarding.complete.mutate(input),
      adopt(session, written) {
        answers.adopt(session, written)
        queryClient.setQueryData(trpc.onboarding.get.queryKey(), session)
      },
      classify(error) {
        const failure = classifySave(error)
        if (failure.kind === 'signed-out') queryClient.setQueryData(trpc.account.me.queryKey(), null)
        // Finished in another tab or on another device: the guard has to see it.
        if (failure.kind === 'refused') void queryClient.invalidateQueries({ queryKey: trpc.onboarding.get.queryKey() })
        return failure
      },
      newMutationId,
      random: Math.random,
      onStatus: setStatus,
      onRetry: ({ message }) => void showToast({ id: 'save', title: 'Not saved yet: trying again', message, tone: 'info' }),
      onGiveUp: ({ message }) =>
        void showToast({
          id: 'save',
          title: 'Not saved yet',
          message: `${message} What you typed stays on this device.`,
          tone: 'problem',
        }),
    }),
  )
  return { engine, status }
}
