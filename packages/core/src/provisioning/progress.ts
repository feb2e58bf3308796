import { isTerminal, type ProgressEvent } from '@gangway/schemas/provisioning'
import type { BaseContext, ProvisioningContext } from '../context.ts'
import { ownRun } from './find-run.ts'

export interface ProgressInput {
  checkoutSessionId: string
  userId: string
  /** Events up to this `seq` were seen. */
  after: number
  signal: AbortSignal
}

/**
 * A run's journal from `after` on, live until the run has ended. Every event comes once, in order, whichever process
 * writes it: the reader listens first, then reads what is there, then follows.
 */
export async function* progress(
  ctx: BaseContext & Pick<ProvisioningContext, 'feed'>,
  input: ProgressInput,
): AsyncGenerator<ProgressEvent, void> {
  const run = await ownRun(ctx, input)
  const reader = ctx.feed.follow(run.id, input.after)
  input.signal.addEventListener('abort', reader.close, { once: true })
  try {
    while (!input.signal.aborted) {
      for (const event of await reader.next()) {
        yield event
        if (isTerminal(event.runState)) return
      }
    }
  } finally {
    input.signal.removeEventListener('abort', reader.close)
    reader.close()
  }
}
