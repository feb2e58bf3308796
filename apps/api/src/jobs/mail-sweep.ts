import { alertStaff, announceKeys, remindInvites, reportFailedRuns, sendDueMails, sendNudges } from '@gangway/core/notifications'
import type { Composition } from '../compose.ts'

/** Nobody waits for these to the second, and each looks through what is open. */
const EVERY_MS = 30_000

/**
 * Mails that nobody asked for, and those that a mail server did not take at first. By itself, so that a mail server which
 * hangs holds up no run. Any number of processes may do so.
 */
export async function sweepMailsUntil({ contexts, log }: Composition, signal: AbortSignal): Promise<void> {
  const { reminders, notifications } = contexts
  const work = [
    () => sendNudges(reminders),
    () => remindInvites(reminders),
    () => announceKeys(reminders),
    () => alertStaff(reminders),
    () => reportFailedRuns(reminders),
    () => sendDueMails(notifications),
  ]
  while (!signal.aborted) {
    for (const sweep of work) {
      if (signal.aborted) return
      await sweep().catch((err: unknown) => log.error({ err }, 'mail sweep failed'))
    }
    await contexts.base.clock.sleep(EVERY_MS, signal)
  }
}
