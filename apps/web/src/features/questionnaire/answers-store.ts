import { isOf, mergeAnswers, pendingPatch, sameAnswer, stepsOf, withPatch } from '@gangway/schemas/merge'
import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { ANSWER_SCHEMA_VERSION, type DraftAnswers, type StepPatch, stepPatchSchema } from '@gangway/schemas/questionnaire'
import * as z from 'zod/mini'
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import { ownWords, unsentOf } from '../offline/queue.ts'
import type { QueuedSave } from '../offline/queued-save.ts'
import {
  type AnswersState,
  keptSessionSchema,
  NO_ANSWERS,
  readKept,
  type Stamp,
  stampSchema,
  type Step,
  stepSchema,
} from './kept-answers.ts'
import type { TabChannel } from './tab-channel.ts'

const writtenSchema = z.object({ step: stepSchema, patch: stepPatchSchema })
type Written = z.infer<typeof writtenSchema>

const fromTabSchema = z.discriminatedUnion('kind', [
  z.extend(writtenSchema, {
    kind: z.literal('edit'),
    sessionId: z.string(),
    stamp: stampSchema,
    /** The person chose between two versions. */
    settles: z.boolean(),
  }),
  z.object({
    kind: z.literal('session'),
    session: keptSessionSchema,
    /** What the server is known to have from here. */
    written: z.array(writtenSchema),
    /** What it does not have yet, each on what it was typed on: for those who had somebody else's answers until now. */
    unsent: z._default(z.array(z.extend(writtenSchema, { base: stepPatchSchema })), []),
  }),
  z.object({ kind: z.literal('cleared') }),
])
type FromTab = z.infer<typeof fromTabSchema>
type Edited = Extract<FromTab, { kind: 'edit' }>
type News = Extract<FromTab, { kind: 'session' }>

interface AnswersParts {
  storage: StateStorage
  tabs: TabChannel
  /** The name of this tab among the others. */
  tab: string
}

/**
 * The answers of every step: hydrated from the server, kept in the browser, and the same in all its tabs. Every change
 * goes through one of the functions that this returns.
 */
export function createAnswers({ storage, tabs, tab }: AnswersParts) {
  const store = createStore<AnswersState>()(
    persist(() => NO_ANSWERS, {
      name: 'gangway.answers',
      version: ANSWER_SCHEMA_VERSION,
      storage: createJSONStorage(() => storage),
      // The server renders without it; the wizard reads it when it opens.
      skipHydration: true,
      migrate: readKept,
      // Where nothing was kept, or nothing may be, what this tab knows stays.
      merge: (kept, known) => (kept === undefined ? known : latest(known, readKept(kept))),
    }),
  )

  function apply(message: FromTab): void {
    const state = store.getState()
    switch (message.kind) {
      case 'edit':
        if (message.sessionId === state.sessionId) store.setState(edited(state, message))
        return
      case 'session':
        store.setState(adopted(state, message))
        return
      case 'cleared':
        store.setState(NO_ANSWERS)
    }
  }

  function change(message: FromTab): void {
    apply(message)
    tabs.post(message)
  }

  function type(written: Written, settles: boolean): void {
    const { sessionId, stamps } = store.getState()
    const count = Math.max(0, ...Object.values(stamps).map((stamp) => stamp.count)) + 1
    if (sessionId !== null) change({ kind: 'edit', sessionId, ...written, stamp: { count, tab }, settles })
  }

  return {
    store,
    /**
     * Reads what the browser kept: at first, and when this tab may have missed what the others told. What cannot be read is
     * asked from the server again.
     */
    hydrate: () => store.persist.rehydrate(),
    /** Takes in what was typed. A field that is absent is left as it was. */
    edit: (step: Step, patch: StepPatch) => type({ step, patch }, false),
    /** Takes in the server's state, with the saves of this browser. An older state changes nothing. */
    adopt(session: OnboardingSession, saves: readonly QueuedSave[] = []): void {
      const { id: sessionId, answers: server } = session
      const known = store.getState()
      if (known.sessionId === sessionId && session.revision < known.revision) return
      const unsent = unsentOf(saves, sessionId).map(({ step, patch, base }) => ({ step, patch, base }))
      change({ kind: 'session', session, written: ownWords(saves, { sessionId, server }), unsent })
    },
    /** Settles a conflict. */
    pick({ step, field }: { step: Step; field: string }, side: 'mine' | 'theirs'): void {
      const { answers, conflicts } = store.getState()
      const conflict = conflicts.find((open) => isOf(open, step, field))
      if (!conflict) return
      const value = side === 'mine' ? (answers[step]?.[field] ?? null) : conflict.theirs
      type({ step, patch: { [field]: value } }, true)
    },
    clear: () => change({ kind: 'cleared' }),
    /** The answers as they are now, for a submission: what is typed afterwards does not change them. */
    snapshot: (): Readonly<AnswersState> => structuredClone(store.getState()),
    /** Follows the other tabs and the service worker. Answers how to stop. */
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

/** The steps with something that the server does not have yet. */
export function unsavedSteps(state: Readonly<AnswersState>): Step[] {
  return stepsOf(state.server, state.answers).filter(
    (step) => state.conflicts.some((conflict) => conflict.step === step) || Object.keys(pendingPatch(state, step)).length > 0,
  )
}

function edited(state: AnswersState, { step, patch, stamp, settles }: Edited): AnswersState {
  const keyOf = (field: string) => `${step} ${field}`
  const latest = Object.entries(patch).filter(([field]) => !isLater(state.stamps[keyOf(field)], stamp))
  const answers = withPatch(state.answers, step, Object.fromEntries(latest))
  const stamps = { ...state.stamps, ...Object.fromEntries(latest.map(([field]) => [keyOf(field), stamp])) }
  const conflicts = state.conflicts.filter(
    (open) =>
      !(settles && open.step === step && open.field in patch) && !sameAnswer(answers[open.step]?.[open.field], open.theirs),
  )
  return { ...state, answers, stamps, conflicts }
}

function isLater(known: Stamp | undefined, { count, tab }: Stamp): boolean {
  return known !== undefined && (known.count > count || (known.count === count && known.tab > tab))
}

/** What the browser keeps, unless this tab knows more: what could not be kept, or was not kept yet. */
function latest(known: AnswersState, kept: AnswersState): AnswersState {
  if (kept.sessionId !== known.sessionId) return kept
  const isMissing = Object.entries(known.stamps).some(([key, stamp]) => {
    const other = kept.stamps[key]
    return other === undefined || isLater(stamp, other)
  })
  if (isMissing || kept.revision < known.revision) return known
  // The same session as before is no news from the server.
  return kept.revision === known.revision ? { ...kept, session: known.session } : kept
}

function adopted(state: AnswersState, { session, written, unsent }: News): AnswersState {
  const { id, revision, answers } = session
  if (state.sessionId !== id) return { ...NO_ANSWERS, sessionId: id, revision, session, ...typedBefore(answers, unsent) }
  if (revision < state.revision) return state
  const server = written.reduce((base, { step, patch }) => withPatch(base, step, patch), state.server)
  return { ...state, sessionId: id, revision, session, ...mergeAnswers({ ...state, server }, answers) }
}

/** Somebody is back whose last words did not reach the server before somebody else was here. */
function typedBefore(theirs: DraftAnswers, unsent: News['unsent']) {
  const base = unsent.reduceRight((known, save) => withPatch(known, save.step, save.base), theirs)
  const mine = unsent.reduce((known, save) => withPatch(known, save.step, save.patch), base)
  return mergeAnswers({ server: base, answers: mine, conflicts: [] }, theirs)
}
