import type { SaveInput } from '@gangway/schemas/onboarding'
import { ANSWER_SCHEMA_VERSION } from '@gangway/schemas/questionnaire'
import { outbox } from '../offline/outbox.ts'
import { append, unsentOf } from '../offline/queue.ts'
import type { QueuedSave } from '../offline/queued-save.ts'
import { answers } from './answers.ts'
import { unsavedSteps } from './answers-store.ts'
import { newMutationId } from './mutation-id.ts'

type Move = Pick<SaveInput, 'step' | 'advance'>

/** Puts what is new in a step into the queue, to be sent to the API at `origin`; null when there is nothing new. */
export async function enqueueEdit(origin: string, { step, advance }: Move): Promise<QueuedSave | null> {
  const { sessionId, ...state } = answers.snapshot()
  if (sessionId === null) return null
  const url = `${origin}/trpc/onboarding.save`
  const edit = { ...state, sessionId, step, advance, mutationId: newMutationId(), schemaVersion: ANSWER_SCHEMA_VERSION, url }
  let before: readonly QueuedSave[] = []
  const after = await outbox.change((saves) => append((before = saves), edit))
  return unsentOf(after, sessionId).find((save) => !before.includes(save)) ?? null
}

/**
 * Somebody else is signed in at this browser. What the one before typed stays in the queue, unseen, until they are back:
 * it is never sent in another's name.
 */
export async function leaveBehind(origin: string, { sessionId }: { sessionId: string }): Promise<void> {
  const state = answers.snapshot()
  if (state.sessionId === null || state.sessionId === sessionId) return
  for (const step of unsavedSteps(state)) await enqueueEdit(origin, { step, advance: undefined })
}
