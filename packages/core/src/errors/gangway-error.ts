import type { ErrorCode } from './codes.ts'

export interface GangwayErrorOptions {
  /** For the page: what it needs to help. Never anything of the inside. */
  details?: Record<string, unknown>
  cause?: unknown
}

/** The only error that core throws on purpose. What people read comes from the catalogue, by code. */
export class GangwayError extends Error {
  override readonly name = 'GangwayError'
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined

  constructor(code: ErrorCode, options: GangwayErrorOptions = {}) {
    super(code, { cause: options.cause })
    this.code = code
    this.details = options.details
  }
}
