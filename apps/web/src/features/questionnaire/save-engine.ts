import type { Problem } from '@gangway/schemas/errors'
import type { OnboardingSession, SaveInput } from '@gangway/schemas/onboarding'
import type { Drained } from '../offline/drain.ts'
import type { QueuedSave } from '../offline/queued-save.ts'
import type { Failure } from './classify-save.ts'

/*
 * Whatever is typed goes through the queue of this browser (features/offline), one save after the other:
 *
 *  typed ─600 ms─┐                     ┌─► sent
 *  Next, Skip ───┼─► queue ─► drained ─┼─► conflict: what both changed differently is out of the queue, and asked about
 *  leaving ──────┘     ▲         │     ├─► refused: out of the queue, and shown
 *                      │         │     └─► signed out: waits in the queue for the same person
 *                      └─ later ─┘ unreachable: again on `online`, on focus, at the next edit, and after a pause that grows
 */

export type Outcome =
  | { kind: 'saved' }
  /** Kept in this browser until the server can be reached; the person can go on. */
  | { kind: 'queued' }
  /** A field of the step was changed elsewhere too, and the person has to pick. */
  | { kind: 'conflict' }
  | { kind: 'signed-out' }
  /** `isStored`: what was typed is saved all the same. */
  | { kind: 'refused'; problem: Problem; isStored: boolean }
  /** Only for completing, which nobody can do without the server. */
  | { kind: 'unreachable'; problem: Problem }

export type SaveStatus =
  /** `typing`: waiting for a pause in it. `queued`: in this browser only. `refused`: the page shows what the server will not take. */
  { kind: 'untouched' | 'typing' | 'saving' | 'saved' | 'queued' | 'conflict' | 'refused' } | { kind: 'failed'; problem: Problem }

type CompleteInput = Pick<SaveInput, 'revision' | 'mutationId'>
type Step = SaveInput['step']

export interface SaveEngineParts {
  /** Puts what is new in a step into the queue; null when there is nothing. */
  enqueue(step: Step, advance: SaveInput['advance']): Promise<QueuedSave | null>
  /** Sends what is in the queue, as far as it goes, with so many attempts for each. */
  drain(attempts: number): Promise<Drained>
  /** Whether something is in the queue. */
  isWaiting(): boolean
  /** Whether the server will not take something, and the person has not settled it. */
  isRefused(): boolean
  /** A save as the queue has it now. */
  find(mutationId: string): QueuedSave | undefined
  /** Whether the person has to choose in a step; in any, where none is given. */
  hasConflict(step?: Step): boolean
  revision(): number
  complete(input: CompleteInput): Promise<OnboardingSession>
  adopt(session: OnboardingSession): void
  classify(error: unknown): Failure
  newMutationId(): string
  /** From 0 to 1. */
  random(): number
  onStatus(status: SaveStatus): void
  onSignedOut(): void
  /** The attempts are used up: what was typed waits in this browser. */
  onGiveUp(problem: Problem): void
  /** After that: everything has reached the server, and there is nothing to choose. */
  onRecovered(): void
}

const DEBOUNCE_MS = 600
const ATTEMPTS = 3
const FIRST_LATER_MS = 2000
const LAST_LATER_MS = 60_000
const STALE_LIMIT = 5

export type SaveEngine = ReturnType<typeof createSaveEngine>

export function createSaveEngine(parts: SaveEngineParts) {
  const waiting = new Set<Step>()
  let typing: ReturnType<typeof setTimeout> | undefined
  let later: ReturnType<typeof setTimeout> | undefined
  let busy = 0
  /** In a row. */
  let failures = 0
  let draining: Promise<Drained> | undefined
  let saysRefused = false

  async function whileBusy(work: () => Promise<Outcome>): Promise<Outcome> {
    busy += 1
    parts.onStatus({ kind: 'saving' })
    try {
      const outcome = await work()
      if (busy === 1) report(outcome)
      return outcome
    } finally {
      busy -= 1
    }
  }

  function report(outcome: Outcome): void {
    switch (outcome.kind) {
      case 'saved':
      case 'refused':
        return settled()
      case 'unreachable':
        return parts.onStatus({ kind: 'failed', problem: outcome.problem })
      case 'queued':
      case 'conflict':
        return parts.onStatus({ kind: outcome.kind })
      case 'signed-out':
    }
  }

  function settled(): void {
    saysRefused = parts.isRefused()
    if (saysRefused) parts.onStatus({ kind: 'refused' })
    else if (waiting.size > 0) parts.onStatus({ kind: 'typing' })
    else parts.onStatus({ kind: parts.hasConflict() ? 'conflict' : 'saved' })
  }

  /** Who asks while another drain fails has failed too: order is kept, so nothing passes what is stuck. */
  async function drain(): Promise<Drained> {
    const earlier = draining
    const turn = earlier === undefined ? drainNow() : earlier.then((drained) => (drained.kind === 'empty' ? drainNow() : drained))
    draining = turn
    try {
      return await turn
    } finally {
      if (draining === turn) draining = undefined
    }
  }

  async function drainNow(): Promise<Drained> {
    clearTimeout(later)
    // Whoever is known to be out of reach is asked once: people who go on offline need not wait for three failures.
    const drained = await parts.drain(failures === 0 ? ATTEMPTS : 1)
    if (drained.kind === 'signed-out') parts.onSignedOut()
    if (drained.kind === 'unreachable') {
      if (failures === 0) parts.onGiveUp(drained.problem)
      const delay = Math.min(FIRST_LATER_MS * 2 ** failures, LAST_LATER_MS) * (0.5 + parts.random())
      failures += 1
      later = setTimeout(() => void resume(), delay)
    }
    if (drained.kind === 'empty') recovered()
    return drained
  }

  function recovered(): void {
    if (failures === 0) return
    failures = 0
    clearTimeout(later)
    if (!parts.isRefused() && !parts.hasConflict()) parts.onRecovered()
  }

  async function saveStep(step: Step, advance: SaveInput['advance']): Promise<Outcome> {
    // What is not in conflict is saved; the step is not left before the rest is settled.
    const held = parts.hasConflict(step) && advance === 'complete'
    const queued = await parts.enqueue(step, held ? undefined : advance)
    const drained = await drain()
    if (drained.kind === 'signed-out') return { kind: 'signed-out' }
    if (held || (parts.hasConflict(step) && advance !== 'skip')) return { kind: 'conflict' }
    const save = queued && parts.find(queued.mutationId)
    if (save?.problem) return { kind: 'refused', problem: save.problem, isStored: save.state === 'sent' }
    return { kind: drained.kind === 'empty' ? 'saved' : 'queued' }
  }

  async function completeSession(): Promise<Outcome> {
    // What was typed a moment ago belongs to it, and what is typed while that is sent.
    do {
      for (const step of waiting) {
        waiting.delete(step)
        await parts.enqueue(step, undefined)
      }
      const drained = await drain()
      if (drained.kind !== 'empty') return drained
    } while (waiting.size > 0)
    const mutationId = parts.newMutationId()
    for (let stale = 0; ; stale++) {
      // Whoever is done can no longer choose: what they typed would be gone.
      if (parts.hasConflict()) return { kind: 'conflict' }
      try {
        parts.adopt(await parts.complete({ revision: parts.revision(), mutationId }))
        return { kind: 'saved' }
      } catch (error) {
        const failure = parts.classify(error)
        if (failure.kind === 'stale' && stale < STALE_LIMIT) {
          parts.adopt(failure.session)
          continue
        }
        if (failure.kind === 'signed-out') {
          parts.onSignedOut()
          return { kind: 'signed-out' }
        }
        if (failure.kind === 'refused')
          return { kind: 'refused', problem: failure.problem, isStored: failure.session !== undefined }
        return { kind: 'unreachable', problem: failure.problem }
      }
    }
  }

  /** Saves a step now, and moves on from it where `advance` says so. */
  function flush(step: Step, advance?: SaveInput['advance']): Promise<Outcome> {
    waiting.delete(step)
    return whileBusy(() => saveStep(step, advance))
  }

  /** Saves everything that waits for its pause in the typing. */
  async function flushAll(): Promise<Outcome[]> {
    clearTimeout(typing)
    return Promise.all([...waiting].map((step) => flush(step)))
  }

  /** Sends what waits in the queue, from before a reload or from a time without a network. */
  async function resume(): Promise<void> {
    if (!parts.isWaiting()) return
    await whileBusy(async () => {
      const { kind } = await drain()
      if (kind === 'signed-out') return { kind }
      return { kind: kind === 'empty' ? 'saved' : 'queued' }
    })
  }

  return {
    /** Something was typed: it is saved after a pause in the typing. */
    edited(step: Step): void {
      waiting.add(step)
      if (busy === 0) parts.onStatus({ kind: 'typing' })
      clearTimeout(typing)
      typing = setTimeout(() => void flushAll(), DEBOUNCE_MS)
    },
    flush,
    flushAll,
    resume,
    complete: () => whileBusy(completeSession),
    /**
     * The queue was changed here or elsewhere: another tab or the service worker may have sent what waited, and the person
     * may have settled what was refused.
     */
    noticed(): void {
      if (busy > 0) return
      const isSent = failures > 0 && !parts.isWaiting()
      if (isSent) recovered()
      if (isSent || (saysRefused && !parts.isRefused())) settled()
    },
    /** Whether a save is under way: what the server answers to other calls may be older. */
    isBusy: () => busy > 0,
    /** Nothing is done by itself after this. */
    close(): void {
      clearTimeout(typing)
      clearTimeout(later)
    },
  }
}
