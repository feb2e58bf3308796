import { classify, type ErrorCode, type ErrorStatus, GangwayError } from '@gangway/core/errors'
import type { Log } from '@gangway/core/ports'
import type { Problem } from '@gangway/schemas/errors'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { systemIds } from '../system.ts'

/** tRPC has a code for most statuses; the others are answered with the nearest, and say their own in the problem. */
const TRPC_CODES = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
  507: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ErrorStatus, TRPCError['code']>

/** The failures that tRPC itself finds, before any procedure runs. */
const OWN_CODES: Partial<Record<TRPCError['code'], ErrorCode>> = {
  BAD_REQUEST: 'INPUT_INVALID',
  PARSE_ERROR: 'REQUEST_MALFORMED',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_SUPPORTED: 'REQUEST_MALFORMED',
  UNSUPPORTED_MEDIA_TYPE: 'REQUEST_MALFORMED',
  PAYLOAD_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
}

const problems = new WeakMap<Error, Problem>()

/** The one mapping from a failure to what people see. Each failure has one id, however often it is asked about. */
export function problemOf(error: Error): Problem {
  const known = problems.get(error)
  if (known) return known
  const { code, message, retry, details = invalidFields(error) } = classify(meaning(error))
  const problem = { code, message, errorId: systemIds.errorId(), retry, ...(details && { details }) }
  problems.set(error, problem)
  return problem
}

/** Puts the failure into the log under the id that people were given. */
export function reportProblem(log: Log, error: Error, where: Record<string, unknown>): void {
  const { code, errorId } = problemOf(error)
  const level = classify(meaning(error)).status >= 500 ? 'error' : 'info'
  log[level]({ ...where, errorId, code, err: error }, 'request failed')
}

/** Where input did not fit its schema, and why. */
function invalidFields(error: Error): { fields: { path: string; message: string }[] } | undefined {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (current instanceof z.core.$ZodError) {
      return { fields: current.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })) }
    }
  }
  return undefined
}

/** The error under tRPC's wrapping, or what tRPC's own code says where there is nothing under it. */
function meaning(error: Error): unknown {
  if (!(error instanceof TRPCError)) return error
  if (error.cause && classify(error.cause).code !== 'UNKNOWN') return error.cause
  const own = OWN_CODES[error.code]
  return own ? new GangwayError(own, { cause: error }) : (error.cause ?? error)
}

export function toTrpcError(error: Error): TRPCError {
  const { status } = classify(meaning(error))
  return new TRPCError({ code: TRPC_CODES[status], message: 'failed', cause: error })
}
