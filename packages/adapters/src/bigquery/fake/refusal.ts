export interface RefusalShape {
  status: number
  reason: string
  message: string
}

/** https://cloud.google.com/apis/design/errors#handling_errors */
const STATUS_NAMES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

/** What the service says when it refuses: https://cloud.google.com/bigquery/docs/error-messages */
export function refusalBody({ status, reason, message }: RefusalShape) {
  const errors = [{ message, domain: 'global', reason }]
  return { error: { code: status, message, errors, status: STATUS_NAMES[status] ?? 'UNKNOWN' } }
}

/** A request that the service refuses, or a job that it fails. */
export class Refusal extends Error {
  readonly status: number
  readonly reason: string

  constructor({ status, reason, message }: RefusalShape) {
    super(message)
    this.status = status
    this.reason = reason
  }
}

export function invalid(message: string): Refusal {
  return new Refusal({ status: 400, reason: 'invalid', message })
}

export function invalidQuery(message: string): Refusal {
  return new Refusal({ status: 400, reason: 'invalidQuery', message })
}

export function notFound(what: string): Refusal {
  return new Refusal({ status: 404, reason: 'notFound', message: `Not found: ${what}` })
}

export function duplicate(what: string): Refusal {
  return new Refusal({ status: 409, reason: 'duplicate', message: `Already Exists: ${what}` })
}

export function accessDenied(message: string): Refusal {
  return new Refusal({ status: 403, reason: 'accessDenied', message: `Access Denied: ${message}` })
}
