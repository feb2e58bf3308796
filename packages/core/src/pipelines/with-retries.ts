import type { BaseContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import { retryAfterMs } from '../errors/patterns/providers.ts'

const PAUSES_MS = [1000, 2000, 4000]
/** Who asks for more is asked again by the next run. */
const LONGEST_PAUSE_MS = 60_000

/** Tries again what failed for a transient cause: after 1, 2 and 4 s, or after what the other side asked for. */
export async function withRetries<Result>(
  { clock, log }: Pick<BaseContext, 'clock' | 'log'>,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (err) {
      const usual = PAUSES_MS[tries]
      if (signal.aborted || usual === undefined || classify(err).retry !== 'transient') throw err
      const pause = Math.max(usual, retryAfterMs(err) ?? 0)
      if (pause > LONGEST_PAUSE_MS) throw err
      log.warn({ err, pause }, 'tried again after a pause')
      await clock.sleep(pause, signal)
    }
  }
}
