import type { ProviderId } from '@gangway/schemas/integrations'
import type { DayRange } from '@gangway/schemas/pipelines'

/** What was used on one UTC day. Rows differ in at least one of day, project, model, metric and dimensions. */
export interface UsageRow {
  day: string
  project: string | null
  model: string | null
  metric: string
  /** A decimal number as text; null where the provider left it out. */
  quantity: string | null
  unit: 'tokens' | 'requests'
  dimensions: Record<string, string>
}

/** What one UTC day cost. Rows differ in at least one of day, project, line item, currency and dimensions. */
export interface CostRow {
  day: string
  project: string | null
  lineItem: string | null
  /** In whole units of the currency, a decimal number as text; null where the provider left it out. */
  amount: string | null
  /** ISO 4217, in capitals. */
  currency: string
  dimensions: Record<string, string>
}

export interface ReportRequest {
  range: DayRange
  /** `nextCursor` of the page before. */
  cursor?: string | undefined
}

export interface ReportPage<Row> {
  rows: Row[]
  /** Every day that the page tells of, also those without rows. */
  days: string[]
  nextCursor: string | null
}

/**
 * Somebody whose service an organization uses. Nothing is retried here: one place owns the pauses, and finds what
 * `Retry-After` asked for as `retryAfterMs` on the error. Errors mean, by `classify`: PROVIDER_KEY_REJECTED,
 * PROVIDER_ACCESS_DENIED, PROVIDER_RATE_LIMITED, PROVIDER_UNAVAILABLE, PROVIDER_ANSWER_INVALID, NETWORK_…
 */
export interface Provider {
  readonly id: ProviderId
  /** Makes a real call that needs what the reports need. */
  validateKey(key: string): Promise<void>
  /** Throws PROVIDER_WITHOUT_REPORTS where the provider tells holders of a key nothing. */
  fetchUsage(key: string, request: ReportRequest): Promise<ReportPage<UsageRow>>
  /** Like `fetchUsage`. */
  fetchCost(key: string, request: ReportRequest): Promise<ReportPage<CostRow>>
}

export type Providers = Readonly<Record<ProviderId, Provider>>
