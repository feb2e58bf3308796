import type { Clock } from '@gangway/core/ports'
import { Refusal } from './refusal.ts'

/** https://cloud.google.com/bigquery/quotas#dataset_limits and #standard_tables: both say five in ten seconds. */
const OPERATIONS = 5
const WINDOW_MS = 10_000

/** Counts what is done to the metadata of each dataset and each table, and refuses the sixth in ten seconds. */
export class MetadataLimit {
  readonly #clock: Clock
  readonly #spent = new Map<string, number[]>()
  /** How often it has refused. */
  refused = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  spend(what: 'dataset' | 'table', name: string): void {
    const now = this.#clock.now().getTime()
    const key = `${what} ${name}`
    const recent = (this.#spent.get(key) ?? []).filter((at) => at > now - WINDOW_MS)
    if (recent.length >= OPERATIONS) {
      this.refused += 1
      const kind = what === 'dataset' ? 'dataset metadata' : 'table'
      throw new Refusal({
        status: 403,
        reason: 'rateLimitExceeded',
        message: `Exceeded rate limits: too many ${kind} update operations for this ${what}.`,
      })
    }
    this.#spent.set(key, [...recent, now])
  }
}
