import type { TimelineEntry } from '@gangway/schemas/runs'
import type { Tone } from '../records/status-label.tsx'

type Described = Pick<TimelineEntry, 'status' | 'runState' | 'failure' | 'detail'>

const LABELS = {
  started: 'started',
  retrying: 'failed, tried again',
  completed: 'completed',
  failed: 'failed',
  undone: 'undone',
} as const

const TONES = { started: 'neutral', retrying: 'warning', completed: 'good', failed: 'bad', undone: 'warning' } as const

/** What an entry of the journal says of its stage. */
export function entryLabel({ status, runState, failure, detail }: Described): { label: string; tone: Tone } {
  if (detail['cancelled'] === true) return { label: 'run cancelled', tone: 'warning' }
  if (status === 'retrying' && !failure) {
    return { label: runState === 'awaiting_payment' ? 'waiting for the payment' : 'tried again', tone: 'neutral' }
  }
  return { label: LABELS[status], tone: TONES[status] }
}

/** What else an entry tells, as text. */
export function detailLines(detail: TimelineEntry['detail']): { name: string; value: string }[] {
  return Object.entries(detail)
    .filter(([name, value]) => value !== null && name !== 'cancelled')
    .map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }))
}
