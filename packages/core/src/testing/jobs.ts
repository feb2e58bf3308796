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
  return {
    ...faults,
    enqueued,
    payloads: (name) => enqueued.flatMap((job) => (isNamed(job, name) ? [job.payload] : [])),
    enqueue: (_tx, name, ...[payload, options = {}]) =>
      around('enqueue', async () => {
        enqueued.push({ name, payload, options })
      }),
    enqueueAll: (_tx, jobs) =>
      around('enqueue', async () => {
        for (const { group, ...job } of jobs) enqueued.push({ ...job, options: group === undefined ? {} : { group } })
      }),
  }
}

function isNamed<Name extends JobName>(job: RecordedJob, name: Name): job is RecordedJob & { payload: JobPayloads[Name] } {
  return job.name === name
}
