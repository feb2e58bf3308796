import { GangwayError } from '@gangway/core/errors'
import type { Clock } from '@gangway/core/ports'
import { isNotFound } from './api-error.ts'

/** A new dataset or table may not be found for minutes: https://cloud.google.com/bigquery/docs/error-messages#streaming */
const FOUND_BY_MS = 5 * 60_000

/** What this process has created a moment ago: when it is not found, that is no fault of the set-up, and passes. */
export function createJustCreated(clock: Clock) {
  const createdAt = new Map<string, number>()

  return {
    add(name: string): void {
      const now = clock.now().getTime()
      for (const [known, at] of createdAt) {
        if (at > now - FOUND_BY_MS) break
        createdAt.delete(known)
      }
      createdAt.delete(name)
      createdAt.set(name, now)
    },
    /** Does the work on these datasets and tables. Throws WAREHOUSE_UNAVAILABLE when something is not found that is too new. */
    async tolerate<Result>(names: readonly string[], work: () => Promise<Result>): Promise<Result> {
      try {
        return await work()
      } catch (error) {
        const since = clock.now().getTime() - FOUND_BY_MS
        const isNew = names.some((name) => (createdAt.get(name) ?? -Infinity) > since)
        if (isNew && isNotFound(error)) throw new GangwayError('WAREHOUSE_UNAVAILABLE', { cause: error })
        throw error
      }
    },
  }
}

export type JustCreated = ReturnType<typeof createJustCreated>
