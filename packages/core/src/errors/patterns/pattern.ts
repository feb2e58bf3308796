import type { ErrorCode } from '../codes.ts'

export interface ErrorPattern {
  /** Names the pattern in docs/errors.md. */
  name: string
  code: ErrorCode
  matches(error: Error): boolean
}

export function text(error: Error, property: string): string {
  const value: unknown = Reflect.get(error, property)
  return typeof value === 'string' ? value : ''
}

export function number(error: Error, property: string): number | undefined {
  const value: unknown = Reflect.get(error, property)
  return typeof value === 'number' ? value : undefined
}

/** An error whose `code` is one of these: Node.js, the database's driver and Fastify say so. */
export function byCode(name: string, codes: readonly string[], code: ErrorCode): ErrorPattern {
  return { name, code, matches: (error) => codes.includes(text(error, 'code')) }
}
