import { type Problem, problemSchema } from '@gangway/schemas/errors'
import { TRPCClientError } from '@trpc/client'

const UNREACHABLE: Problem = {
  code: 'NETWORK_UNREACHABLE',
  message: 'Unable to reach our servers. Please try again in a moment.',
  errorId: '',
  retry: 'transient',
}

/** What to show for a failed call. `errorId` is '' for a call that never reached the API. */
export function problemOf(error: unknown): Problem {
  const parsed = problemSchema.safeParse(dataOf(error)?.problem)
  return parsed.success ? parsed.data : UNREACHABLE
}

/** The HTTP status of a failed call; null for one that was not answered. A proxy's answer has a status and no more. */
export function statusOf(error: unknown): number | null {
  const status = dataOf(error)?.httpStatus
  if (typeof status === 'number') return status
  const response = error instanceof TRPCClientError ? error.meta?.['response'] : undefined
  return response instanceof Response ? response.status : null
}

const RETRYABLE = new Set([404, 408, 425, 429])

const FINAL = new Set([400, 401, 403, 422])

/** Whether the same call, made again, can succeed: no answer, a busy server, or one that failed. */
export function canRetry(error: unknown): boolean {
  const status = statusOf(error)
  if (status === null || status >= 500 || RETRYABLE.has(status)) return true
  return !FINAL.has(status) && problemOf(error).retry === 'transient'
}

function dataOf(error: unknown): { problem?: unknown; httpStatus?: unknown } | null {
  return error instanceof TRPCClientError ? (error.data ?? null) : null
}
