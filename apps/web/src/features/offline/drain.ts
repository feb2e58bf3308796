import type { Problem } from '@gangway/schemas/errors'
import type { OnboardingSession, SaveInput } from '@gangway/schemas/onboarding'
import type { Failure } from '../questionnaire/classify-save.ts'
import type { Outbox } from './outbox-store.ts'
import { replace, type SessionAnswers, settle, take } from './queue.ts'
import type { QueuedSave } from './queued-save.ts'

export interface DrainParts {
  outbox: Pick<Outbox, 'change'>
  /** What this tab knows of the server; null before it was asked. */
  known(): SessionAnswers | null
  /** One call, with a deadline. */
  send(save: SaveInput & { sessionId: string }): Promise<OnboardingSession>
  /** Takes in the server's state, merged with what was typed. */
  adopt(session: OnboardingSession, saves: readonly QueuedSave[]): void
  classify(error: unknown): Failure
  /** From 0 to 1. */
  random(): number
  /** How often each save is tried. */
  attempts: number
  /** A save failed, and is tried again. */
  onRetry(problem: Problem): void
}

/** Why nothing more is sent: there is nothing more, or somebody or something has to come first. */
export type Drained = { kind: 'empty' } | { kind: 'signed-out' } | { kind: 'unreachable'; problem: Problem }

const FIRST_PAUSE_MS = 500
/** Another device may save at the same moment, again and again; this often in a row it is something else. */
const STALE_LIMIT = 5

/** Sends what waits, one after the other, in the order in which it was typed. To be called by one at a time. */
export async function drain(parts: DrainParts): Promise<Drained> {
  for (let stale = 0; ;) {
    const next = await takeNext(parts)
    if (!next) return { kind: 'empty' }
    const result = await attempt(parts, next)
    if (!('failure' in result)) {
      await conclude(parts, { ...next, state: 'sent' }, result.session)
      stale = 0
      continue
    }
    const { failure } = result
    switch (failure.kind) {
      case 'stale': {
        // It was not taken: it is merged with what the server has, and goes on that.
        const saves = await parts.outbox.change((all) => replace(all, { ...next, state: 'waiting' }))
        parts.adopt(failure.session, saves)
        if (++stale > STALE_LIMIT) return { kind: 'unreachable', problem: failure.problem }
        continue
      }
      case 'refused':
        if (failure.session) await conclude(parts, { ...next, state: 'sent', problem: failure.problem }, failure.session)
        else await parts.outbox.change((all) => replace(all, { ...next, state: 'refused', problem: failure.problem }))
        continue
      case 'signed-out':
        return { kind: 'signed-out' }
      case 'transient':
        return { kind: 'unreachable', problem: failure.problem }
    }
  }
}

async function takeNext({ outbox, known }: DrainParts): Promise<QueuedSave | null> {
  const session = known()
  if (!session) return null
  let next: QueuedSave | null = null
  await outbox.change((all) => {
    const taken = take(all, session)
    next = taken.next
    return taken.saves
  })
  return next
}

async function conclude({ outbox, adopt }: DrainParts, save: QueuedSave, session: OnboardingSession): Promise<void> {
  adopt(session, await outbox.change((all) => settle(all, save, session.revision)))
}

/** The same call, as often as it is worth, while another attempt can help. */
async function attempt(
  { send, classify, random, attempts, onRetry }: DrainParts,
  { revision, step, patch, mutationId, advance, sessionId }: QueuedSave,
): Promise<{ session: OnboardingSession } | { failure: Failure }> {
  for (let count = 1; ; count++) {
    try {
      return { session: await send({ revision, step, patch, mutationId, sessionId, ...(advance && { advance }) }) }
    } catch (error) {
      const failure = classify(error)
      if (failure.kind !== 'transient' || count >= attempts) return { failure }
      onRetry(failure.problem)
      await pause(FIRST_PAUSE_MS * 2 ** (count - 1) * (0.5 + random()))
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
