import { onboardingAnswerSnapshots as snapshots, organizations, users } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { Snapshot } from '@gangway/schemas/answers'
import { eq } from 'drizzle-orm'
import { microsOf } from '../paging/index.ts'

/** Snapshots with the address of their person and the slug of their organization, to be narrowed and ordered. */
export function selectSnapshots(tx: Tx) {
  return tx
    .select({
      sessionId: snapshots.sessionId,
      userId: snapshots.userId,
      email: users.email,
      role: snapshots.role,
      orgSlug: organizations.slug,
      variant: snapshots.variant,
      completedAt: snapshots.completedAt,
      answerSchemaVersion: snapshots.answerSchemaVersion,
      answers: snapshots.answers,
      micros: microsOf(snapshots.completedAt),
    })
    .from(snapshots)
    .innerJoin(users, eq(users.id, snapshots.userId))
    .leftJoin(organizations, eq(organizations.id, snapshots.orgId))
    .$dynamic()
}

export type SnapshotRow = Awaited<ReturnType<typeof selectSnapshots>>[number]

export function snapshotView({ micros: _position, ...row }: SnapshotRow): Snapshot {
  const company = row.answers.profile?.['companyName']
  return { ...row, company: typeof company === 'string' ? company : null }
}
