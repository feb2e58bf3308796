import { fulfil, type Fulfilment, progress } from '@gangway/core/provisioning'
import type { ProgressEvent } from '@gangway/schemas/provisioning'
import type { Contexts } from '../compose.ts'
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
  const over = new AbortController()
  const standingBy = part === 'joined' ? takeOverWhenLeft(contexts, checkoutSessionId, over.signal) : undefined
  try {
    for await (const event of progress(contexts.provisioning, { checkoutSessionId, userId, after: 0, signal })) {
      journal.push(event)
      screen?.show(event)
      if (event.seq > lastSeq && AT_REST.has(event.runState)) break
    }
  } finally {
    screen?.end()
    over.abort()
  }
  await standingBy
  // What was written last is followed by work outside, such as giving the lock back.
  if (!signal.aborted) await settled
  return journal
}

const LOOK_EVERY_MS = 5000

/** The holder may have died, and where the product does not run nobody else takes its run up. */
async function takeOverWhenLeft(contexts: Contexts, checkoutSessionId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await contexts.base.clock.sleep(LOOK_EVERY_MS, signal)
    if (signal.aborted) return
    const { part, settled } = await fulfil(contexts.provisioning, { checkoutSessionId })
    contexts.keep(settled)
    if (part !== 'joined') return
  }
}
