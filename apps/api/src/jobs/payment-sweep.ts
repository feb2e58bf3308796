import { sweepPaidCheckouts } from '@gangway/core/provisioning'
import type { Composition } from '../compose.ts'

const EVERY_MS = 2 * 60 * 1000
/** Once an hour, and when it starts, it looks back as far as it can. */
const LONG_LOOK_EVERY = 30

/**
 * Looks for payments that nobody was told of. By itself: the provider may be slow, or away, and runs whose holder has died
 * are not to wait for it.
 */
export async function sweepPaymentsUntil({ contexts, log }: Composition, signal: AbortSignal): Promise<void> {
  const { clock } = contexts.base
  for (let round = 0; !signal.aborted; round++) {
    try {
      const span = round % LONG_LOOK_EVERY === 0 ? 'all' : 'recent'
      contexts.keep((await sweepPaidCheckouts(contexts.provisioning, span)).settled)
    } catch (err) {
      log.error({ err }, 'payments could not be looked for')
    }
    await clock.sleep(EVERY_MS, signal)
  }
}
