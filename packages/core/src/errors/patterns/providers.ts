import type { ErrorCode } from '../codes.ts'
import { type ErrorPattern, number, text } from './pattern.ts'

/** What the adapters of OpenAI, Anthropic and Gemini throw, by the `reason` that they give. */
function provider(name: string, reasons: readonly string[], code: ErrorCode): ErrorPattern {
  return { name, code, matches: (error) => error.name === 'ProviderError' && reasons.includes(text(error, 'reason')) }
}

export const PROVIDER_PATTERNS: readonly ErrorPattern[] = [
  provider('provider: key rejected (401)', ['key_rejected'], 'PROVIDER_KEY_REJECTED'),
  provider('provider: key may not do this (403)', ['forbidden'], 'PROVIDER_ACCESS_DENIED'),
  provider('provider: too many requests (429)', ['rate_limited'], 'PROVIDER_RATE_LIMITED'),
  provider('provider: its service failed (5xx)', ['failed'], 'PROVIDER_UNAVAILABLE'),
  provider('provider: a proxy answered with a page', ['not_json'], 'PROVIDER_UNAVAILABLE'),
  provider('provider: sent us somewhere else', ['redirected'], 'PROVIDER_ANSWER_INVALID'),
  provider('provider: answer not as documented', ['malformed'], 'PROVIDER_ANSWER_INVALID'),
  provider('provider: answer too large', ['too_large'], 'PROVIDER_ANSWER_INVALID'),
  provider('provider: request refused (4xx)', ['refused'], 'PROVIDER_ANSWER_INVALID'),
]

/** What a provider asked to wait, in milliseconds; undefined where it did not say. */
export function retryAfterMs(error: unknown): number | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const wait = number(current, 'retryAfterMs')
    if (wait !== undefined) return wait
  }
  return undefined
}
