import type { Alert } from '@gangway/schemas/runs'
import { layOut, type MailContent } from '../layout.ts'

interface AlertMail {
  alert: Pick<Alert, 'kind' | 'value' | 'threshold'>
  /** The page that shows it, absolute. */
  url: string
}

interface AlertText {
  subject: string
  meaning: string
  remedy: string
  unit: (value: number) => string
}

const TEXTS: Record<Alert['kind'], AlertText> = {
  pending_syncs: {
    subject: 'Sync alert: organizations wait to be synced',
    meaning: 'The warehouse knows organizations that Postgres could not be told about, and they become more.',
    remedy: 'They are tried again by themselves. Look whether Postgres answers and the worker runs.',
    unit: records,
  },
  failed_syncs: {
    subject: 'Sync alert: syncs keep failing',
    meaning: 'Organizations are set up in the warehouse, and telling Postgres of it has failed again and again.',
    remedy: 'Each record says why. Mend the cause, then sync them all.',
    unit: records,
  },
  old_locks: {
    subject: 'Run alert: a run is held for too long',
    meaning: 'One process has held the lock of a run for minutes. A run takes seconds.',
    remedy: 'It is slow, or stuck in a call that does not end. A lock that is not renewed passes to another process by itself.',
    unit: seconds,
  },
  answers_lag: {
    subject: 'Answers alert: snapshots are late',
    meaning: 'People have completed the questions, and their answers cannot be seen yet.',
    remedy: 'Look whether the worker runs, and what its jobs say.',
    unit: seconds,
  },
}

/** For staff, when an alert begins. */
export function alertMail({ alert, url }: AlertMail): MailContent {
  const { subject, meaning, remedy, unit } = TEXTS[alert.kind]
  return layOut({
    subject,
    preview: meaning,
    heading: subject.replace(/^\w+ alert: /, '').replace(/^./, (first) => first.toUpperCase()),
    paragraphs: [meaning, remedy],
    facts: [
      { label: 'Now', value: unit(alert.value) },
      { label: 'Usual, at most', value: unit(alert.threshold) },
    ],
    action: { label: 'Look at the alerts', url },
    note: 'You get this mail as an admin, once when an alert begins. The page shows when it is over.',
  })
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${count} records`
}

function seconds(value: number): string {
  const whole = Math.round(value)
  return whole < 120 ? `${whole} seconds` : `${Math.round(whole / 60)} minutes`
}
