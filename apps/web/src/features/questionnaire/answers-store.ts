import { isOf, mergeAnswers, pendingPatch, sameAnswer, stepsOf } from '@gangway/schemas/merge'
import type { OnboardingSession } from '@gangway/schemas/onboarding'
import {
  ANSWER_SCHEMA_VERSION,
  type DraftAnswers,
  draftAnswersSchema,
  stepIdSchema,
  type StepId,
  type StepPatch,
  stepPatchSchema,
} from '@gangway/schemas/questionnaire'
import { z } from 'zod'
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import type { TabChannel } from './tab-channel.ts'

const keptSchema = z.object({
  /** Whose answers these are; null before the server was asked. */
  sessionId: z.string().nullable(),
  revision: z.number().int(),
  /** The server's answers at `revision`: the base of every merge. */
  server: draftAnswersSchema,
  /** What the person sees. */
  answers: draftAnswersSchema,
  conflicts: z.array(z.object({ step: stepIdSchema, field: z.string(), theirs: stepPatchSchema.valueType })),
})
export type AnswersState = z.infer<typeof keptSchema>

const EMPTY: AnswersState = { sessionId: null, revision: -1, server: {}, answers: {}, conflicts: [] }

/** What a save wrote: from then on the server has it. */
export interface Written {
  step: StepId
  patch: StepPatch
}

const sessionAnswersSchema = keptSchema.pick({ revision: true, answers: true }).extend({ id: z.string() })
export type SessionAnswers = Pick<OnboardingSession, 'id' | 'revision' | 'answers'>

const writtenSchema = z.object({ step: stepIdSchema, patch: stepPatchSchema })
const fromTabSchema = z.discriminatedUnion('kind', [
  writtenSchema.extend({ kind: z.literal('edit'), sessionId: z.string() }),
  z.object({ kind: z.literal('session'), session: sessionAnswersSchema, written: writtenSchema.optional() }),
  z.object({
    kind: z.literal('picked'),
    sessionId: z.string(),
    step: stepIdSchema,
    field: z.string(),
    side: z.enum(['mine', 'theirs']),
  }),
  z.object({ kind: z.literal('cleared') }),
])
type FromTab = z.infer<typeof fromTabSchema>

/**
 * The answers of every step: hydrated from the server, kept in the browser, and the same in all its tabs. Every change
 * goes through one of the functions that this returns.
 */
export function createAnswers({ storage, tabs }: { storage: StateStorage; tabs: TabChannel }) {
  const store = createStore<AnswersState>()(
    persist(() => EMPTY, {
      name: 'gangway.answers',
      version: ANSWER_SCHEMA_VERSION,
      storage: createJSONStorage(() => storage),
      // The server renders without it; the wizard reads it when it opens.
      skipHydration: true,
      migrate: readKept,
      // Where nothing was kept, or nothing may be, what this tab knows stays.
      merge: (kept, known) => (kept === undefined ? known : readKept(kept)),
    }),
  )

  function apply(message: FromTab): void {
    const state = store.getState()
    switch (message.kind) {
      case 'edit':
        if (message.sessionId === state.sessionId) store.setState(edited(state, message))
        return
      case 'session':
        store.setState(adopted(state, message.session, message.written))
        return
      case 'picked':
        if (message.sessionId === state.sessionId) store.setState(picked(state, message))
        return
      case 'cleared':
        store.setState(EMPTY)
    }
  }

  function change(message: FromTab): void {
    apply(message)
    tabs.post(message)
  }

  return {
    store,
    /** Reads what the browser kept. What cannot be read is asked from the server again. */
    hydrate: () => store.persist.rehydrate(),
    /** Takes in what was typed. A field that is absent is left as it was. */
    edit(step: StepId, patch: StepPatch): void {
      const { sessionId } = store.getState()
      if (sessionId !== null) change({ kind: 'edit', sessionId, step, patch })
    },
    /** Takes in the server's state; `written` is what it is known to have from here. An older state changes nothing. */
    adopt({ id, revision, answers }: SessionAnswers, written?: Written): void {
      change({ kind: 'session', session: { id, revision, answers }, written })
    },
    /** Settles a conflict. */
    pick(conflict: { step: StepId; field: string }, side: 'mine' | 'theirs'): void {
      const { sessionId } = store.getState()
      if (sessionId !== null) change({ kind: 'picked', sessionId, step: conflict.step, field: conflict.field, side })
    },
    clear: () => change({ kind: 'cleared' }),
    /** The answers as they are now, for a submission: what is typed afterwards does not change them. */
    snapshot: (): Readonly<AnswersState> => structuredClone(store.getState()),
    /** Follows the other tabs. Answers how to stop. */
    follow(onChange: (kind: FromTab['kind']) => void): () => void {
      return tabs.listen((message) => {
        const parsed = fromTabSchema.safeParse(message)
        if (!parsed.success) return
        apply(parsed.data)
        onChange(parsed.data.kind)
      })
    },
  }
}

export type Answers = ReturnType<typeof createAnswers>

/** Brings what this or an older version kept up to date. What cannot be read is dropped: the server has all but the last words. */
export function readKept(kept: unknown): AnswersState {
  const parsed = keptSchema.safeParse(kept)
  return parsed.success ? parsed.data : EMPTY
}

/** The steps with something that the server does not have yet. */
export function unsavedSteps(state: Readonly<AnswersState>): StepId[] {
  return stepsOf(state.server, state.answers).filter(
    (step) => state.conflicts.some((conflict) => conflict.step === step) || Object.keys(pendingPatch(state, step)).length > 0,
  )
}

function edited(state: AnswersState, { step, patch }: Written): AnswersState {
  const answers = overlay(state.answers, { step, patch })
  const conflicts = state.conflicts.filter(({ step, field, theirs }) => !sameAnswer(answers[step]?.[field], theirs))
  return { ...state, answers, conflicts }
}

function adopted(state: AnswersState, session: SessionAnswers, written: Written | undefined): AnswersState {
  const { id, revision, answers } = session
  if (state.sessionId !== id) return { sessionId: id, revision, server: answers, answers, conflicts: [] }
  if (revision < state.revision) return state
  const server = written ? overlay(state.server, written) : state.server
  return { sessionId: id, revision, ...mergeAnswers({ ...state, server }, answers) }
}

function picked(
  state: AnswersState,
  { step, field, side }: { step: StepId; field: string; side: 'mine' | 'theirs' },
): AnswersState {
  const conflict = state.conflicts.find((open) => isOf(open, step, field))
  if (!conflict) return state
  const conflicts = state.conflicts.filter((open) => open !== conflict)
  if (side === 'mine') return { ...state, conflicts }
  return { ...state, conflicts, answers: overlay(state.answers, { step, patch: { [field]: conflict.theirs } }) }
}

function overlay(answers: DraftAnswers, { step, patch }: Written): DraftAnswers {
  return { ...answers, [step]: { ...answers[step], ...patch } }
}
