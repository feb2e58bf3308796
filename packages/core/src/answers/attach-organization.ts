import { onboardingAnswerSnapshots } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { and, eq, isNull } from 'drizzle-orm'

interface AttachOrganization {
  userId: string
  orgId: string
}

/** Names the organization in the snapshots of somebody who answered before they had one. */
export async function attachOrganization(tx: Tx, { userId, orgId }: AttachOrganization): Promise<void> {
  await tx
    .update(onboardingAnswerSnapshots)
    .set({ orgId })
    .where(and(eq(onboardingAnswerSnapshots.userId, userId), isNull(onboardingAnswerSnapshots.orgId)))
}
