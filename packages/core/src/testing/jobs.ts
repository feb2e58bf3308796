import type { JobName, JobOptions, JobPayloads, Jobs } from '../ports/jobs.ts'
import { faultPoints, type Faults } from './faults.ts'

export interface RecordedJob {
  name: JobName
  payload: JobPayloads[JobName]
  options: JobOptions
}

export interface RecordingJobs extends Jobs, Faults<'enqueue'> {
  /** Everything enqueued, also by transactions that were rolled back. */
  readonly enqueued: readonly RecordedJob[]
  /** The payloads of one kind of job. */
  payloads<Name extends JobName>(name: Name): JobPayloads[Name][]
}

/** Keeps jobs instead of running them. */
export function recordingJobs(): RecordingJobs {
  const { around, ...faults } = faultPoints<'enqueue'>()
  const enqueued: RecordedJob[] = []
  const byName: { [Name in JobName]: JobPayloads[Name][] } = {
    'answers.aggregate': [],
    'billing.process-event': [],
    'notifications.send-mail': [],
    'sandbox.deliver-webhook': [],
    'starter.ensure': [],
  }
  return {
    ...faults,
    enqueued,
    payloads: (name) => byName[name],
    enqueue: (_tx, name, ...[payload, options = {}]) =>
      around('enqueue', async () => {
        enqueued.push({ name, payload, options })
        byName[name].push(payload)
      }),
  }
}
