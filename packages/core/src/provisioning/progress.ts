import { onboardingStageEvents } from '@gangway/db/schema'
import { isTerminal, type ProgressEvent } from '@gangway/schemas/provisioning'
import { eq } from 'drizzle-orm'
import type { BaseContext, ProvisioningContext } from '../context.ts'
import { ownRun } from './find-run.ts'
import type { JournalReader } from './journal-feed.ts'

export interface ProgressInput {
  checkoutSessionId: string
  userId: string
  /** Events up to this `seq` were seen. */
  after: number
  signal: AbortSignal
}

/**
 * A run's journal from `after` on, live until the run has ended. Every event comes once, in order, whichever process
 * writes it: the reader listens first, then reads what is there, then follows. Of a run that ended so long ago that its
 * journal is not kept any more, nothing comes.
 */
export async function* progress(
  ctx: BaseContext & Pick<ProvisioningContext, 'feed'>,
  input: ProgressInput,
): AsyncGenerator<ProgressEvent, void> {
  const reader = await follow(ctx, input)
  if (!reader) return
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

/** By itself, so that a stream does not hold the run's row for as long as it is open. */
async function follow(
  ctx: BaseContext & Pick<ProvisioningContext, 'feed'>,
  input: ProgressInput,
): Promise<JournalReader | undefined> {
  const { id, state } = await ownRun(ctx, input)
  if (isTerminal(state) && !(await isKept(ctx, id))) return undefined
  return ctx.feed.follow(id, input.after)
}

async function isKept({ db }: BaseContext, runId: string): Promise<boolean> {
  return (await db.$count(onboardingStageEvents, eq(onboardingStageEvents.runId, runId))) > 0
}
