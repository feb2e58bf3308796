import { onboardingAnswerSnapshots as snapshots, organizations, users } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { Snapshot } from '@gangway/schemas/answers'
import { and, eq, ne, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { microsOf, newestOrder, olderThan, type Position } from '../paging/index.ts'

interface Selection {
  /** Newest first, from each of these by itself and then together: for each, one index gives both what and the order. */
  wanted: readonly (SQL | undefined)[]
  /** All that fit are few: no index is to give the order. */
  gathered?: boolean
  after?: Position | undefined
  limit: number
}

const { sessionId, userId, role, plan, variant, completedAt, answerSchemaVersion, answers, sessionRevision } = snapshots
const KEYS = { time: completedAt, id: sessionId }
const GATHERED = [sql`${completedAt} + interval '0' desc`, sql`${sessionId} desc`]

/**
 * Snapshots with the address of their person and the slug of their organization. Which ones is settled by what stands in
 * the indexes; their wide rows are read for those alone.
 */
export function selectSnapshots(tx: Tx, { wanted, gathered = false, after, limit }: Selection) {
  const beyond = after && olderThan(KEYS, after)
  const order = gathered ? GATHERED : newestOrder(KEYS)
  const newest = (where: SQL | undefined) =>
    tx
      .select({ sessionId, completedAt })
      .from(snapshots)
      .where(and(where, beyond))
      .orderBy(...order)
      .limit(limit)
  const [first = newest(undefined), second, ...others] = wanted.map(newest)
  const chosen = second
    ? unionAll(first, second, ...others)
        .orderBy(sql`completed_at desc, session_id desc`)
        .limit(limit)
        .as('chosen')
    : first.as('chosen')
  return tx
    .select({
      ...{ sessionId, userId, role, plan, variant, completedAt, answerSchemaVersion, answers },
      email: users.email,
      orgSlug: organizations.slug,
      micros: microsOf(completedAt),
      revision: sessionRevision,
    })
    .from(chosen)
    .innerJoin(snapshots, eq(sessionId, chosen.sessionId))
    .innerJoin(users, eq(users.id, userId))
    .leftJoin(organizations, and(eq(organizations.id, snapshots.orgId), ne(organizations.status, 'abandoned')))
    .orderBy(sql`${chosen.completedAt} desc, ${chosen.sessionId} desc`)
}

export type SnapshotRow = Awaited<ReturnType<typeof selectSnapshots>>[number]

export function snapshotView({ micros: _position, revision: _revision, ...row }: SnapshotRow): Snapshot {
  const company = row.answers['profile']?.['companyName']
  return { ...row, company: typeof company === 'string' ? company : null }
}
