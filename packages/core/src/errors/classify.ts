import { PATTERNS } from './catalogue.ts'
import { describeCode, type ErrorCode, type ErrorDescription, type ErrorStatus } from './codes.ts'
import { GangwayError } from './gangway-error.ts'

export interface Classified extends ErrorDescription {
  code: ErrorCode
  status: ErrorStatus
  details: Record<string, unknown> | undefined
}

/** What a failure means, whoever threw it: our own errors by their code, all others by the first pattern that fits. */
export function classify(error: unknown): Classified {
  if (error instanceof GangwayError) return { code: error.code, details: error.details, ...describeCode(error.code) }
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof GangwayError) return classify(current)
    for (const pattern of PATTERNS) {
      if (pattern.matches(current)) return { code: pattern.code, details: undefined, ...describeCode(pattern.code) }
    }
  }
  return { code: 'UNKNOWN', details: undefined, ...describeCode('UNKNOWN') }
}
