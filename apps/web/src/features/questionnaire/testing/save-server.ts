import type { OnboardingSession, SaveInput } from '@gangway/schemas/onboarding'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import type { Failure } from '../classify-save.ts'

export const SESSION_ID = '0190c2a0-0000-7000-8000-000000000001'

export const PROBLEM = { code: 'UNKNOWN', message: 'Something went wrong.', errorId: 'err_1', retry: 'transient' } as const

export function openSession(parts: Partial<OnboardingSession> = {}): OnboardingSession {
  return {
    ...{ id: SESSION_ID, status: 'open', schemaVersion: 1, manifestVersion: 1, variant: 'control', answers: {} },
    ...{ completedSteps: [], skippedSteps: [], currentStep: 'profile', nextStep: 'profile' },
    ...{ revision: 1, checksum: '', updatedAt: new Date(0), completedAt: null },
    ...parts,
  }
}

class Refusal extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

export function classifyRefusal(error: unknown): Failure {
  return error instanceof Refusal ? error.failure : { kind: 'transient', problem: PROBLEM }
}

type Reply = 'is lost' | 'never comes'

/** A server that keeps answers under a revision, as the real one does, and fails on demand. */
export function saveServer(answers: DraftAnswers = {}) {
  const state = { revision: 1, answers }
  const seen = new Map<string, OnboardingSession>()
  const calls: SaveInput[] = []
  const failures: Failure[] = []
  const replies: Reply[] = []
  let inFlight = 0
  let mostInFlight = 0
  let completions = 0
  let onComplete: (() => Failure) | undefined
  const session = () => openSession(structuredClone(state))

  function write(input: SaveInput): OnboardingSession {
    const before = seen.get(input.mutationId)
    if (before) return before
    if (input.revision !== state.revision) throw new Refusal({ kind: 'stale', session: session(), problem: PROBLEM })
    state.revision += 1
    const fields = Object.entries({ ...state.answers[input.step], ...input.patch }).filter(([, value]) => value !== null)
    state.answers = { ...state.answers, [input.step]: Object.fromEntries(fields) }
    seen.set(input.mutationId, session())
    return session()
  }

  return {
    state,
    calls,
    /** What the next calls are answered. */
    failures,
    /** What becomes of the next answers, after the work is done. */
    replies,
    mostInFlight: () => mostInFlight,
    session,
    /** Another device saves. */
    change(patch: DraftAnswers): void {
      state.revision += 1
      state.answers = { ...state.answers, ...patch }
    },
    completions: () => completions,
    /** What the next completion fails with, worked out when it arrives. */
    onComplete(failure: () => Failure): void {
      onComplete = failure
    },
    async complete(): Promise<OnboardingSession> {
      completions += 1
      const failure = onComplete?.()
      onComplete = undefined
      if (failure) throw new Refusal(failure)
      return session()
    },
    async save(input: SaveInput): Promise<OnboardingSession> {
      calls.push(input)
      inFlight += 1
      mostInFlight = Math.max(mostInFlight, inFlight)
      await new Promise((resolve) => setTimeout(resolve, 50))
      inFlight -= 1
      const failure = failures.shift()
      if (failure) throw new Refusal(failure)
      const answer = write(input)
      const reply = replies.shift()
      if (reply === 'is lost') throw new TypeError('Failed to fetch')
      return reply === 'never comes' ? new Promise<never>(() => {}) : answer
    },
  }
}

export type SaveServer = ReturnType<typeof saveServer>
