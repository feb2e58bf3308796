import type { ErrorCode } from '../codes.ts'
import { type ErrorPattern, number } from './pattern.ts'

interface Signs {
  /** Of the answer; of an answer that says nothing else too, such as a proxy's. */
  status?: number | ((status: number) => boolean)
  /** Of one of the problems that the answer, or the failed job, lists. */
  reasons?: readonly string[]
}

/** By (status, reason): https://cloud.google.com/bigquery/docs/error-messages */
function bigQuery(name: string, signs: Signs, code: ErrorCode): ErrorPattern {
  return { name: `BigQuery: ${name}`, code, matches: (error) => isBigQuery(error) && fits(error, signs) }
}

function fits(error: Error, { status, reasons }: Signs): boolean {
  const found = number(error, 'code')
  const statusFits =
    status === undefined || (typeof status === 'number' ? found === status : found !== undefined && status(found))
  return statusFits && (reasons === undefined || reasonsOf(error).some((reason) => reasons.includes(reason)))
}

/** The SDK's ApiError and PartialFailureError, and a job's failure, list their problems; the first two have the answer too. */
function isBigQuery(error: Error): boolean {
  const isAnswer = number(error, 'code') !== undefined && Reflect.get(error, 'response') !== undefined
  return Array.isArray(Reflect.get(error, 'errors')) && (isAnswer || reasonsOf(error).length > 0)
}

/** A problem of a row lists problems of its own. */
function reasonsOf(error: object): string[] {
  const problems: unknown = Reflect.get(error, 'errors')
  if (!Array.isArray(problems)) return []
  return problems.flatMap((problem: unknown) => {
    if (typeof problem !== 'object' || problem === null) return []
    const reason: unknown = Reflect.get(problem, 'reason')
    return typeof reason === 'string' ? [reason] : reasonsOf(problem)
  })
}

export const BIGQUERY_PATTERNS: readonly ErrorPattern[] = [
  bigQuery(
    'rate limit',
    { reasons: ['rateLimitExceeded', 'userRateLimitExceeded', 'jobRateLimitExceeded'] },
    'WAREHOUSE_UNAVAILABLE',
  ),
  bigQuery('too many requests', { status: 429 }, 'WAREHOUSE_UNAVAILABLE'),
  bigQuery('quota', { reasons: ['quotaExceeded', 'dailyLimitExceeded', 'billingTierLimitExceeded'] }, 'WAREHOUSE_QUOTA'),
  bigQuery('query too large', { reasons: ['resourcesExceeded', 'responseTooLarge'] }, 'WAREHOUSE_QUOTA'),
  bigQuery('billing off', { reasons: ['billingNotEnabled', 'accountDisabled'] }, 'WAREHOUSE_DENIED'),
  bigQuery('access denied', { reasons: ['accessDenied', 'blocked', 'forbidden'] }, 'WAREHOUSE_DENIED'),
  bigQuery('credentials refused', { status: 401 }, 'WAREHOUSE_DENIED'),
  {
    name: 'BigQuery: no credentials',
    code: 'WAREHOUSE_DENIED',
    matches: (error) => error.message.startsWith('Could not load the default credentials'),
  },
  bigQuery('dataset, table or job not found', { reasons: ['notFound'] }, 'SYSTEM_NOT_READY'),
  bigQuery('name in use', { reasons: ['duplicate'] }, 'DATASET_CONFLICT'),
  bigQuery('changed in between', { status: 412 }, 'DATABASE_CONFLICT'),
  bigQuery('table not available', { reasons: ['tableUnavailable', 'resourceInUse'] }, 'WAREHOUSE_UNAVAILABLE'),
  bigQuery('job stopped', { reasons: ['stopped', 'timeout'] }, 'WAREHOUSE_UNAVAILABLE'),
  bigQuery(
    'failure inside',
    { reasons: ['backendError', 'internalError', 'jobBackendError', 'jobInternalError'] },
    'WAREHOUSE_UNAVAILABLE',
  ),
  bigQuery('failure without a reason', { status: (status) => status >= 500 }, 'WAREHOUSE_UNAVAILABLE'),
  bigQuery('query refused', { reasons: ['invalidQuery'] }, 'WAREHOUSE_REJECTED'),
  bigQuery('request refused', { status: 400 }, 'WAREHOUSE_REJECTED'),
  bigQuery('other refusal', { status: 403 }, 'WAREHOUSE_DENIED'),
  bigQuery('row refused', { reasons: ['invalid'] }, 'DATA_REJECTED'),
]
