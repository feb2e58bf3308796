import type { Problem } from '@gangway/schemas/errors'
import type { OnboardingSession, SaveInput } from '@gangway/schemas/onboarding'
import type { StepId, StepPatch } from '@gangway/schemas/questionnaire'

/*
 * One save at a time, whatever asks for it:
 *
 *  typed ─600 ms─┐                    ┌─► saved
 *  Next, Skip ───┼─► queue ─► sending ┼─► stale (409): take in the server's state, send again what is not in conflict
 *  complete ─────┘     ▲        │     ├─► signed out (401), refused (400, 403, 422, …): the person has to do something
 *                      └─pause──┘     └─► unreachable: after the third attempt; the next edit, or `retry`, tries again
 */

export type Failure =
  | { kind: 'stale'; session: OnboardingSession; problem: Problem }
  | { kind: 'signed-out'; problem: Problem }
  /** `session` where the patch was stored all the same, and only the step could not be completed. */
  | { kind: 'refused'; problem: Problem; session?: OnboardingSession }
  | { kind: 'transient'; problem: Problem }

export type Outcome =
  /** `session` is null when there was nothing to save. */
  | { kind: 'saved'; session: OnboardingSession | null }
  /** A field of the step was changed elsewhere too, and the person has to pick. */
  | { kind: 'conflict' }
  | { kind: 'signed-out' }
  /** `isStored`: what was typed is saved all the same. */
  | { kind: 'refused'; problem: Problem; isStored: boolean }
  | { kind: 'unreachable'; problem: Problem }

export type SaveStatus =
  /** `typing`: waiting for a pause in it. */
  { kind: 'untouched' | 'typing' | 'saving' | 'saved' | 'conflict' } | { kind: 'failed'; problem: Problem }

type CompleteInput = Pick<SaveInput, 'revision' | 'mutationId'>

export interface SaveEngineParts {
  /** What there is to save now. */
  read(step: StepId): { revision: number; patch: StepPatch; inConflict: boolean }
  save(input: SaveInput): Promise<OnboardingSession>
  complete(input: CompleteInput): Promise<OnboardingSession>
  /** Takes in the server's state; `written` is what this save brought there. */
  adopt(session: OnboardingSession, written?: { step: StepId; patch: StepPatch }): void
  classify(error: unknown): Failure
  newMutationId(): string
  /** From 0 to 1. */
  random(): number
  onStatus(status: SaveStatus): void
  /** A save failed, and is tried again. */
  onRetry(problem: Problem): void
  /** The attempts are used up: what is to be kept for later can be taken from here. */
  onGiveUp(problem: Problem): void
}

const DEBOUNCE_MS = 600
const ATTEMPTS = 3
const FIRST_PAUSE_MS = 500
/** Another device may save at the same moment, again and again; this often in a row it is something else. */
const STALE_LIMIT = 5

export type SaveEngine = ReturnType<typeof createSaveEngine>

export function createSaveEngine(parts: SaveEngineParts) {
  const waiting = new Set<StepId>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let queued = 0

  /** After whatever is being saved. */
  async function inTurn(work: () => Promise<Outcome>): Promise<Outcome> {
    queued += 1
    parts.onStatus({ kind: 'saving' })
    const turn = queue.then(work)
    queue = turn.catch(() => undefined)
    try {
      const outcome = await turn
      queued -= 1
      report(outcome)
      return outcome
    } catch (error) {
      queued -= 1
      throw error
    }
  }

  function report(outcome: Outcome): void {
    if (queued > 0) return
    if (outcome.kind === 'signed-out') return
    if (outcome.kind === 'saved' || (outcome.kind === 'refused' && outcome.isStored)) {
      parts.onStatus({ kind: waiting.size > 0 ? 'typing' : 'saved' })
    } else if (outcome.kind === 'conflict') parts.onStatus({ kind: 'conflict' })
    else parts.onStatus({ kind: 'failed', problem: outcome.problem })
  }

  async function saveStep(step: StepId, advance: SaveInput['advance']): Promise<Outcome> {
    for (let stale = 0; ; stale++) {
      const { revision, patch, inConflict } = parts.read(step)
      const isEmpty = Object.keys(patch).length === 0
      // What is not in conflict is saved; the step is not left before the rest is settled.
      const moves = inConflict && advance !== 'skip' ? undefined : advance
      if (isEmpty && moves === undefined) return inConflict ? { kind: 'conflict' } : { kind: 'saved', session: null }
      const input: SaveInput = { revision, step, patch, mutationId: parts.newMutationId(), ...(moves && { advance: moves }) }
      const result = await send(() => parts.save(input))
      if ('session' in result) {
        parts.adopt(result.session, { step, patch })
        return inConflict && moves === undefined ? { kind: 'conflict' } : { kind: 'saved', session: result.session }
      }
      if (result.failure.kind === 'refused' && result.failure.session) parts.adopt(result.failure.session, { step, patch })
      if (result.failure.kind !== 'stale') return givenUp(result.failure)
      parts.adopt(result.failure.session)
      if (stale === STALE_LIMIT) return givenUp({ kind: 'transient', problem: result.failure.problem })
    }
  }

  async function completeSession(): Promise<Outcome> {
    for (let stale = 0; ; stale++) {
      const input: CompleteInput = { revision: parts.read('workspace').revision, mutationId: parts.newMutationId() }
      const result = await send(() => parts.complete(input))
      if ('session' in result) {
        parts.adopt(result.session)
        return { kind: 'saved', session: result.session }
      }
      if (result.failure.kind !== 'stale') return givenUp(result.failure)
      parts.adopt(result.failure.session)
      if (stale === STALE_LIMIT) return givenUp({ kind: 'transient', problem: result.failure.problem })
    }
  }

  type Settled = { session: OnboardingSession } | { failure: Failure }

  /** The same call, up to three times, while another attempt can help. */
  async function send(call: () => Promise<OnboardingSession>): Promise<Settled> {
    for (let attempt = 1; ; attempt++) {
      try {
        return { session: await call() }
      } catch (error) {
        const failure = parts.classify(error)
        if (failure.kind !== 'transient' || attempt === ATTEMPTS) return { failure }
        parts.onRetry(failure.problem)
        await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + parts.random()))
      }
    }
  }

  function givenUp(failure: Exclude<Failure, { kind: 'stale' }>): Outcome {
    if (failure.kind === 'signed-out') return { kind: 'signed-out' }
    if (failure.kind === 'refused') return { kind: 'refused', problem: failure.problem, isStored: failure.session !== undefined }
    parts.onGiveUp(failure.problem)
    return { kind: 'unreachable', problem: failure.problem }
  }

  /** Saves a step now, and moves on from it where `advance` says so. */
  function flush(step: StepId, advance?: SaveInput['advance']): Promise<Outcome> {
    waiting.delete(step)
    return inTurn(() => saveStep(step, advance))
  }

  /** Saves everything that waits for its pause in the typing. */
  async function flushAll(): Promise<Outcome[]> {
    clearTimeout(timer)
    return Promise.all([...waiting].map((step) => flush(step)))
  }

  return {
    /** Something was typed: it is saved after a pause in the typing. */
    edited(step: StepId): void {
      waiting.add(step)
      if (queued === 0) parts.onStatus({ kind: 'typing' })
      clearTimeout(timer)
      timer = setTimeout(() => void flushAll(), DEBOUNCE_MS)
    },
    flush,
    flushAll,
    complete: () => inTurn(completeSession),
    /** Whether a save is under way: what the server answers to other calls may be older. */
    isBusy: () => queued > 0,
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
