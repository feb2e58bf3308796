import { type RunFailure, type RunView, STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import type { TimelineEntry } from '@gangway/schemas/runs'

export interface CustomerPage {
  heading: string
  stages: readonly { id: StageId; state: 'waiting' | 'in progress' | 'trying again' | 'done' | 'failed' }[]
  /** What the page says of a run that does not move. */
  notice: { title: string; message: string; errorId: string | null } | null
}

/** What the customer's success page shows of a run now, in its words. */
export function customerPage(view: RunView, newest: TimelineEntry | undefined): CustomerPage {
  return {
    heading: view.state === 'succeeded' ? 'Welcome aboard!' : 'Setting up your workspace',
    stages: STAGE_IDS.map((id, index) => ({ id, state: stageState(view, { index, isRetrying: isRetrying(newest, id) }) })),
    notice: noticeOf(view),
  }
}

function isRetrying(newest: TimelineEntry | undefined, stage: StageId): boolean {
  return newest?.stage === stage && newest.status === 'retrying'
}

function stageState(
  { state, stagesCompleted }: RunView,
  { index, isRetrying }: { index: number; isRetrying: boolean },
): CustomerPage['stages'][number]['state'] {
  if (state === 'rolled_back') return 'waiting'
  if (index < stagesCompleted) return 'done'
  if (index > stagesCompleted) return 'waiting'
  switch (state) {
    case 'failed':
      return 'failed'
    case 'running':
      return isRetrying ? 'trying again' : 'in progress'
    case 'awaiting_payment':
    case 'needs_sync':
      return 'in progress'
    case 'pending':
    case 'cancelled':
    case 'succeeded':
      return 'waiting'
  }
}

const TITLES: Record<RunFailure['kind'], string> = {
  transient: 'The setup is interrupted',
  permanent: 'The setup has stopped',
  customer: 'The setup needs you',
}

function noticeOf({ state, failure }: RunView): CustomerPage['notice'] {
  const { message, errorId } = failure ?? { message: 'What was paid for it is refunded.', errorId: null }
  if (state === 'cancelled' || state === 'rolled_back') return { title: 'This setup was cancelled', message, errorId }
  if (state === 'awaiting_payment') {
    return { title: 'Waiting for your payment', message: 'Some payments take a while to clear.', errorId: null }
  }
  return state === 'failed' && failure ? { title: TITLES[failure.kind], message, errorId } : null
}
