import type { ProvisioningContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import type { Step } from './journal.ts'
import type { Lease } from './lock.ts'
import type { Run } from './run-row.ts'

/** The right to write for a run, for as long as the signal is not aborted. */
export interface Hold {
  lease: Lease
  signal: AbortSignal
}

/** The pauses before the second, third and fourth try, of a stage and of a write alike. */
export const RETRY_PAUSES_MS = [1000, 2000, 4000]

/**
 * Writes a step and wakes the streams. What a stage did outside is not done again because a write failed: a transient
 * failure of the write is retried by itself, and a step that was written after all is not written twice.
 */
export async function write(ctx: ProvisioningContext, { run, hold }: { run: Run; hold: Hold }, step: Step): Promise<Run> {
  for (let number = 0; ; number++) {
    try {
      const written = await ctx.journal.record({ run, lease: hold.lease, step })
      ctx.wakeups.wake(run.id)
      return written
    } catch (error) {
      const pause = RETRY_PAUSES_MS[number]
      const { code, retry } = classify(error)
      if (code === 'LOCK_LOST' || retry !== 'transient' || pause === undefined || hold.signal.aborted) throw error
      ctx.log.warn({ err: error, runId: run.id }, 'a step could not be written yet')
      await ctx.clock.sleep(pause, hold.signal)
    }
  }
}
