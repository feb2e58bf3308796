import { onboardingAnswerSnapshots as snapshots, organizations, users } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { Snapshot } from '@gangway/schemas/answers'
import { and, eq, ne, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { microsOf, newestOrder, olderThan, type Position } from '../paging/index.ts'

interface Selection {
  /** Newest first, from each of these by itself and then together: for each, one index gives both what and the order. */
  wanted: readonly (SQL | undefined)[]
  after?: Position | undefined
  limit: number
}

const KEYS = { time: snapshots.completedAt, id: snapshots.sessionId }

/** Snapshots with the address of their person and the slug of their organization. Few are chosen first, and then told about. */
export function selectSnapshots(tx: Tx, { wanted, after, limit }: Selection) {
  const beyond = after && olderThan(KEYS, after)
  const [first = newest(undefined), second, ...others] = wanted.map((each) => newest(and(each, beyond)))
  const chosen = (second ? unionAll(first, second, ...others) : first).as('chosen')
  const keys = { time: chosen.completedAt, id: chosen.sessionId }
  return tx
    .select({
      sessionId: chosen.sessionId,
      userId: chosen.userId,
      email: users.email,
      role: chosen.role,
      orgSlug: organizations.slug,
      plan: chosen.plan,
      variant: chosen.variant,
      completedAt: chosen.completedAt,
      answerSchemaVersion: chosen.answerSchemaVersion,
      answers: chosen.answers,
      micros: microsOf(chosen.completedAt),
    })
    .from(chosen)
    .innerJoin(users, eq(users.id, chosen.userId))
    .leftJoin(organizations, and(eq(organizations.id, chosen.orgId), ne(organizations.status, 'abandoned')))
    .orderBy(...newestOrder(keys))
    .limit(limit)

  function newest(where: SQL | undefined) {
    const { sessionId, userId, orgId, role, plan, variant, completedAt, answerSchemaVersion, answers } = snapshots
    return tx
      .select({ sessionId, userId, orgId, role, plan, variant, completedAt, answerSchemaVersion, answers })
      .from(snapshots)
      .where(where)
      .orderBy(...newestOrder(KEYS))
      .limit(limit)
  }
}

export type SnapshotRow = Awaited<ReturnType<typeof selectSnapshots>>[number]

export function snapshotView({ micros: _position, ...row }: SnapshotRow): Snapshot {
  const company = row.answers['profile']?.['companyName']
  return { ...row, company: typeof company === 'string' ? company : null }
}
