import { onboardingStageEvents } from '@gangway/db/schema'
import { isTerminal, type ProgressEvent } from '@gangway/schemas/provisioning'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { BaseContext, ProvisioningContext } from '../context.ts'
import { ownRun } from './find-run.ts'

/** A stream looks by itself this often, in case a wake-up was lost. */
const POLL_MS = 2000

export interface ProgressInput {
  checkoutSessionId: string
  userId: string
  /** Events up to this `seq` were seen. */
  after: number
  signal: AbortSignal
}

/**
 * A run's journal from `after` on, live until the run has ended. Every event comes once, in order, whichever process
 * writes it: the stream listens first, then reads what is there, then follows.
 */
export async function* progress(
  ctx: BaseContext & Pick<ProvisioningContext, 'wakeups'>,
  input: ProgressInput,
): AsyncGenerator<ProgressEvent, void> {
  const run = await ownRun(ctx, input)
  const bell = new Bell()
  const unsubscribe = ctx.wakeups.subscribe(run.id, () => bell.ring())
  try {
    let seen = input.after
    while (!input.signal.aborted) {
      for (const event of await eventsAfter(ctx, run.id, seen)) {
        yield event
        seen = event.seq
        if (isTerminal(event.runState)) return
      }
      await bell.wait((signal) => ctx.clock.sleep(POLL_MS, signal), input.signal)
    }
  } finally {
    unsubscribe()
  }
}

async function eventsAfter(ctx: BaseContext, runId: string, seq: number): Promise<ProgressEvent[]> {
  const { stage, status, attempt, at, runState, failure } = onboardingStageEvents
  return ctx.db
    .select({ seq: onboardingStageEvents.seq, stage, status, attempt, at, runState, failure })
    .from(onboardingStageEvents)
    .where(and(eq(onboardingStageEvents.runId, runId), gt(onboardingStageEvents.seq, seq)))
    .orderBy(asc(onboardingStageEvents.seq))
}

/** Remembers a ring that nobody was waiting for. */
class Bell {
  #rung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Returns on a ring, when `pause` is over, or when the signal is aborted. */
  async wait(pause: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      const woken = new AbortController()
      this.#wake = () => woken.abort()
      signal.addEventListener('abort', this.#wake, { once: true })
      await pause(woken.signal)
      signal.removeEventListener('abort', this.#wake)
      this.#wake = undefined
    }
    this.#rung = false
  }
}
