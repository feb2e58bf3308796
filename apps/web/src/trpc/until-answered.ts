import { canRetry, statusOf } from './problem.ts'

/** How often something is asked for before the page says that it is not there. */
export const ATTEMPTS = 3

/** What was not found stays so: 404 is only worth repeating for a save. */
export function canAskAgain(error: unknown): boolean {
  return canRetry(error) && statusOf(error) !== 404
}

/** For what a page cannot be shown without: it is asked for until it is there, and the page need not be loaded again. */
export const UNTIL_ANSWERED = {
  retry: (_failures: number, error: unknown) => canAskAgain(error),
  retryDelay: (failures: number) => Math.min(1000 * 2 ** failures, 5000),
}

interface Asked {
  data: unknown
  error: unknown
  failureCount: number
  failureReason: unknown
}

/** Why there is nothing to show yet, also while it is still asked for; null where there is, or where it is only slow. */
export function whyUnanswered({ data, error, failureCount, failureReason }: Asked): unknown {
  if (data !== undefined) return null
  return error ?? (failureCount < ATTEMPTS ? null : failureReason)
}
