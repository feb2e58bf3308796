import type { RunRow } from '@gangway/schemas/runs'

/** An operator's run was not paid for. */
export function rollBackLabel({ origin }: Pick<RunRow, 'origin'>): string {
  return origin === 'operator' ? 'Roll back' : 'Roll back and refund'
}
