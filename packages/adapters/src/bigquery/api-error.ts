/** Of the HTTP answer; undefined when there was none, or none that the SDK has read. */
function statusOf(error: unknown): number | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'number' ? code : undefined
}

export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404 || (error instanceof JobError && error.errors.some(({ reason }) => reason === 'notFound'))
}

/** A name that is taken: a dataset's, a table's or a job's. */
export function isDuplicate(error: unknown): boolean {
  return statusOf(error) === 409
}

/** What was to be changed has been changed since it was read. */
export function isOutdated(error: unknown): boolean {
  return statusOf(error) === 412
}

export interface JobProblem {
  reason?: string | undefined
  message?: string | undefined
}

/** A job that was taken and has failed. Its problems have the shape of those that a refused request has. */
export class JobError extends Error {
  override readonly name = 'JobError'
  readonly errors: readonly JobProblem[]

  constructor(jobId: string, errors: readonly JobProblem[]) {
    super(`job ${jobId}: ${errors.map(({ reason, message }) => `${reason}: ${message}`).join('; ')}`)
    this.errors = errors
  }
}
