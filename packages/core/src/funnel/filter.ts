import { funnelPeople as people } from '@gangway/db/schema'
import type { FunnelFilter } from '@gangway/schemas/funnel'
import { and, eq, gte, inArray, isNotNull, lt, type SQL } from 'drizzle-orm'
import { assertWindow } from '../paging/index.ts'

/** Nobody waits longer for a page, and the database need not go on for nobody. */
export const PATIENCE_MS = 20_000

/** Throws INPUT_INVALID for a window that ends before it begins. */
export function assertFunnelFilter({ startedFrom, startedBefore }: FunnelFilter): void {
  assertWindow({ from: startedFrom, before: startedBefore, field: 'filter.startedBefore' })
}

/** Who is counted, for `where`. Somebody of whom there is no event has not started. */
export function matching({ startedFrom, startedBefore, variant, roles = [], plan }: FunnelFilter): SQL | undefined {
  return and(
    isNotNull(people.startedAt),
    startedFrom && gte(people.startedAt, startedFrom),
    startedBefore && lt(people.startedAt, startedBefore),
    variant === undefined ? undefined : eq(people.variant, variant),
    roles.length > 0 ? inArray(people.role, roles) : undefined,
    plan && eq(people.plan, plan),
  )
}
