import type { Clock } from '@gangway/core/ports'
import type { Catalog } from './catalog.ts'
import { duplicate, notFound, Refusal, type RefusalShape } from './refusal.ts'
import type { Results } from './storage.ts'

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatus.FIELDS.state */
type State = 'RUNNING' | 'DONE'

interface NewJob {
  /** Chosen by the caller, and nobody's again. */
  id: string
  location: string
  configuration: object
  /** Happens when the job's time has come. A refusal fails the job. */
  work: () => Promise<Results | undefined>
}

export interface Job extends Omit<NewJob, 'work'> {
  state: State
  createdAt: number
  error: Refusal | undefined
  results: Results | undefined
}

/** Jobs take their time, and are done when somebody looks at them after it. */
export class Jobs {
  readonly #catalog: Catalog
  readonly #jobs = new Map<string, Job>()
  readonly #work = new Map<string, () => Promise<Results | undefined>>()
  readonly #ending = new Map<string, Promise<void>>()
  readonly #failures: RefusalShape[] = []

  constructor(catalog: Catalog) {
    this.#catalog = catalog
  }

  /** The next job fails with this, its work undone. */
  failNext(failure: RefusalShape): void {
    this.#failures.push(failure)
  }

  insert({ work, ...job }: NewJob): Job {
    if (this.#jobs.has(job.id)) throw duplicate(`Job ${this.#catalog.projectId}:${job.location}.${job.id}`)
    const failure = this.#failures.shift()
    const fail = () => Promise.reject(failure && new Refusal(failure))
    const made: Job = { ...job, state: 'RUNNING', createdAt: this.#catalog.now(), error: undefined, results: undefined }
    this.#jobs.set(job.id, made)
    this.#work.set(job.id, failure ? fail : work)
    return made
  }

  /** As it is now. */
  async get(id: string): Promise<Job> {
    const job = this.#jobs.get(id)
    if (!job) throw notFound(`Job ${this.#catalog.projectId}:${id}`)
    if (this.#catalog.now() >= this.#end(job)) await this.#finish(job)
    return job
  }

  /** As it is when it is done, or when the caller has waited long enough. */
  async wait(id: string, ms: number): Promise<Job> {
    const job = await this.get(id)
    if (job.state === 'RUNNING') await this.#clock.sleep(Math.min(ms, this.#end(job) - this.#catalog.now()))
    return this.get(id)
  }

  async cancel(id: string): Promise<Job> {
    const job = await this.get(id)
    if (job.state === 'DONE') return job
    job.state = 'DONE'
    job.error = new Refusal({
      status: 499,
      reason: 'stopped',
      message: 'Job execution was cancelled: User requested cancellation',
    })
    return job
  }

  /** Those whose time has come, so that a query sees what they have written. */
  async finishDue(): Promise<void> {
    for (const job of this.#jobs.values()) {
      if (job.state === 'RUNNING' && this.#catalog.now() >= this.#end(job)) await this.#finish(job)
    }
  }

  get #clock(): Clock {
    return this.#catalog.clock
  }

  #end({ createdAt }: Job): number {
    return createdAt + this.#catalog.settings.jobMs
  }

  /** Once, however many look. */
  #finish(job: Job): Promise<void> {
    const known = this.#ending.get(job.id)
    if (known) return known
    const ending = job.state === 'DONE' ? Promise.resolve() : this.#run(job)
    this.#ending.set(job.id, ending)
    return ending
  }

  async #run(job: Job): Promise<void> {
    try {
      job.results = await this.#work.get(job.id)?.()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      job.error = error
    }
    job.state = 'DONE'
  }
}

/** The job as the API tells it. */
export function describeJob({ projectId }: Catalog, { id, location, configuration, state, createdAt, error }: Job) {
  const failure = error && { reason: error.reason, message: error.message }
  return {
    kind: 'bigquery#job',
    id: `${projectId}:${location}.${id}`,
    jobReference: { projectId, jobId: id, location },
    configuration,
    status: { state, ...(failure && { errorResult: failure, errors: [failure] }) },
    statistics: { creationTime: String(createdAt) },
  }
}
