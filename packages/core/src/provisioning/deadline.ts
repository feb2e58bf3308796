import { GangwayError } from '../errors/index.ts'
import type { Clock } from '../ports/index.ts'

/** What takes longer than `ms` fails with STAGE_TIMED_OUT; the work is told by its signal. */
export async function withDeadline<Result>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController()
  const done = new AbortController()
  const late = clock.sleep(ms, done.signal).then(() => {
    if (done.signal.aborted) return
    over.abort()
    throw new GangwayError('STAGE_TIMED_OUT')
  })
  try {
    const result = work(over.signal)
    await Promise.race([result, late])
    return await result
  } finally {
    // Without a reason it would make an error with its stack, for each stage of each run.
    done.abort('done')
    // Whoever loses the race is not an unhandled rejection.
    late.catch(() => {})
  }
}
