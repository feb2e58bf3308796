import type { ErrorCode } from '../codes.ts'
import { type ErrorPattern, number } from './pattern.ts'

/** A status that another service answered with. */
function upstream(name: string, fits: (status: number) => boolean, code: ErrorCode): ErrorPattern {
  return {
    name,
    code,
    matches: (error) => {
      const status = number(error, 'statusCode') ?? number(error, 'status')
      return status !== undefined && fits(status)
    },
  }
}

/** Whatever service it is, and whatever else it says. */
export const SERVICE_PATTERNS: readonly ErrorPattern[] = [
  upstream('too many requests', (status) => status === 429, 'RATE_LIMITED'),
  upstream('service failed', (status) => status >= 500, 'UPSTREAM_FAILED'),
]
