import { type Fulfilment, progress } from '@gangway/core/provisioning'
import type { ProgressEvent } from '@gangway/schemas/provisioning'
import type { Session } from './session.ts'
import { stagesScreen } from './stages-screen.ts'

interface Followed {
  fulfilment: Pick<Fulfilment, 'part' | 'run' | 'settled'>
  /** Whose run it is. */
  userId: string
  /** How long the journal was before: an end that stands up to there is not the end of what is followed. */
  lastSeq: number
}

const AT_REST = new Set(['succeeded', 'failed', 'needs_sync', 'cancelled', 'rolled_back'])

/**
 * Shows a run's stages as they are written, until the run has ended or stands still; one that another process advances is
 * followed just the same. Answers the journal. Ends early when the session is interrupted: the run then goes on without us.
 */
export async function followRun(
  { contexts, signal }: Session,
  { fulfilment, userId, lastSeq }: Followed,
  { quiet = false }: { quiet?: boolean } = {},
): Promise<ProgressEvent[]> {
  const { run, part, settled } = fulfilment
  contexts.keep(settled)
  const journal: ProgressEvent[] = []
  if (part === 'settled') return journal
  const { checkoutSessionId } = run
  const screen = quiet ? undefined : stagesScreen(process.stdout)
  try {
    for await (const event of progress(contexts.provisioning, { checkoutSessionId, userId, after: 0, signal })) {
      journal.push(event)
      screen?.show(event)
      if (event.seq > lastSeq && AT_REST.has(event.runState)) break
    }
  } finally {
    screen?.end()
  }
  // What was written last is followed by work outside, such as giving the lock back.
  if (!signal.aborted) await settled
  return journal
}
