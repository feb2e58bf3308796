import { PATTERNS } from './catalogue.ts'
import type { ErrorPattern } from './patterns/pattern.ts'
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
    const code = patternOf(current)?.code
    if (code) return { code, details: undefined, ...describeCode(code) }
  }
  return { code: 'UNKNOWN', details: undefined, ...describeCode('UNKNOWN') }
}

/** The pattern that knows somebody else's error by itself, whatever it has wrapped. */
export function patternOf(error: unknown): ErrorPattern | undefined {
  return error instanceof Error ? PATTERNS.find((pattern) => pattern.matches(error)) : undefined
}
