import type { Alert } from '@gangway/schemas/runs'
import { paths } from '../../paths.ts'
import { durationText } from '../records/duration-text.ts'

interface AlertText {
  title: string
  /** What it means, and what to do. */
  description: string
  /** Where to look. */
  href: string
  place: string
  text: (value: number) => string
}

const count = (value: number) => String(value)
const seconds = (value: number) => durationText(value * 1000)

export const ALERT_TEXTS: Record<Alert['kind'], AlertText> = {
  pending_syncs: {
    title: 'Pending syncs',
    description: 'Organizations that the warehouse knows and Postgres does not. The worker drains them: is it running?',
    href: paths.pendingSyncs(),
    place: 'the pending syncs',
    text: count,
  },
  failed_syncs: {
    title: 'Failed syncs',
    description: 'Syncs that were tried often enough. Their last error says why; they wait for somebody to sync them.',
    href: paths.pendingSyncs(),
    place: 'the pending syncs',
    text: count,
  },
  old_locks: {
    title: 'Oldest lock',
    description: 'A process that holds a run for long is stuck, or slow. An expired lock is taken over by the sweeper.',
    href: paths.locks(),
    place: 'the locks',
    text: seconds,
  },
  answers_lag: {
    title: 'Answers lag',
    description: 'How long the oldest completed questionnaire has waited for its snapshot. The worker writes it.',
    href: paths.answers(),
    place: 'the answers',
    text: seconds,
  },
}
