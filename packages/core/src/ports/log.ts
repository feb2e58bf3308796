/** Structured logging. Fields named here are indexed; secrets never go in. */
export interface LogFields {
  errorId?: string
  runId?: string
  orgId?: string
  userId?: string
  err?: unknown
  [field: string]: unknown
}

export interface Log {
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}
