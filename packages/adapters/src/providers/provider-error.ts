import type { ProviderId } from '@gangway/schemas/integrations'

/** The core's catalogue of errors goes by these. */
export type ProviderErrorReason =
  | 'key_rejected'
  | 'forbidden'
  | 'rate_limited'
  | 'failed'
  | 'refused'
  | 'not_json'
  | 'malformed'
  | 'redirected'
  | 'too_large'

export interface ProviderErrorOptions {
  provider: ProviderId
  reason: ProviderErrorReason
  /** Of the answer. */
  statusCode: number
  /** What the provider asked to wait. */
  retryAfterMs?: number | undefined
  /** For the log. Never a text of the provider's: some repeat parts of the key. */
  note?: string
}

export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly provider: ProviderId
  readonly reason: ProviderErrorReason
  readonly statusCode: number
  readonly retryAfterMs: number | undefined

  constructor({ provider, reason, statusCode, retryAfterMs, note }: ProviderErrorOptions) {
    super(`${provider} answered ${statusCode}: ${reason}${note ? ` (${note})` : ''}`)
    this.provider = provider
    this.reason = reason
    this.statusCode = statusCode
    this.retryAfterMs = retryAfterMs
  }
}
