import { forgetAnswers, keepJournal } from '@gangway/core/retention'
import type { Composition } from '../compose.ts'

const EVERY_MS = 24 * 60 * 60 * 1000
/** After a failure, such as a lock that was not to be had. */
const AGAIN_AFTER_MS = 10 * 60 * 1000

/** Keeps the journal's months, and forgets what is older than is kept. By itself: there may be much to forget. */
export async function sweepRetentionUntil({ contexts, log }: Composition, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let pause = EVERY_MS
    for (const work of [() => keepJournal(contexts.retention), () => forgetAnswers(contexts.retention, signal)]) {
      await work().catch((err: unknown) => {
        log.error({ err }, 'the retention could not be kept')
        pause = AGAIN_AFTER_MS
      })
    }
    await contexts.base.clock.sleep(pause, signal)
  }
}
