import { aggregateLate, rollUpTotals } from '@gangway/core/answers'
import type { AnswersContext } from '@gangway/core/context'
import type { Logger } from 'pino'

/** Reads are exact at any time: this only keeps what waits so short that adding it up costs nothing. */
const ROLL_UP_EVERY_MS = 1000
const ROLL_UPS_PER_LOOK = 10

/** Keeps the totals rolled up, and takes up sessions whose worker has died. Any number of processes may do so. */
export async function sweepAnswersUntil(
  { answers, log }: { answers: AnswersContext; log: Logger },
  signal: AbortSignal,
): Promise<void> {
  for (let round = 0; !signal.aborted; round++) {
    try {
      await rollUpTotals(answers)
      if (round % ROLL_UPS_PER_LOOK === 0) await aggregateLate(answers)
    } catch (err) {
      log.error({ err }, 'answers could not be swept')
    }
    await answers.clock.sleep(ROLL_UP_EVERY_MS, signal)
  }
}
