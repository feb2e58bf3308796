import {
  apiKeys,
  onboardingRuns,
  organizationMembers,
  organizations,
  sessions,
  starterKits,
  subscriptions,
  users,
} from '@gangway/db/schema'
import { inSnapshot, type Tx } from '@gangway/db/transaction'
import { and, eq, exists, gt, isNull, or, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

/** What Postgres knows of an onboarded organization that matters to the doctor. */
export interface Tenant {
  org: typeof organizations.$inferSelect
  /** The run that has made it; absent where its row is gone. */
  run: typeof onboardingRuns.$inferSelect | undefined
  subscription: typeof subscriptions.$inferSelect | undefined
  owner: { userId: string; email: string } | undefined
  hasLiveKey: boolean
  /** Members whose starter kit is not ready, though they have signed in: nobody has one before. */
  withoutKit: { userId: string; email: string }[]
}

/** Throws NOT_FOUND for an organization that is not onboarded: it is a run's business still, or nobody's any more. */
export function readTenant({ db, clock }: BaseContext, { orgId }: { orgId: string }): Promise<Tenant> {
  return inSnapshot(db, async (tx) => {
    const [found] = await tx
      .select({ org: organizations, run: onboardingRuns, subscription: subscriptions })
      .from(organizations)
      .leftJoin(onboardingRuns, eq(onboardingRuns.id, organizations.runId))
      .leftJoin(subscriptions, eq(subscriptions.orgId, organizations.id))
      .where(and(eq(organizations.id, orgId), eq(organizations.status, 'onboarded')))
    if (!found) throw new GangwayError('NOT_FOUND')
    const members = await membersOf(tx, orgId)
    return {
      org: found.org,
      run: found.run ?? undefined,
      subscription: found.subscription ?? undefined,
      owner: members.find(({ role }) => role === 'owner'),
      hasLiveKey: await hasLiveKey(tx, { orgId, at: clock.now() }),
      withoutKit: members
        .filter(({ kit, signedIn }) => kit !== 'ready' && (kit !== null || signedIn))
        .map(({ userId, email }) => ({ userId, email })),
    }
  })
}

function membersOf(tx: Tx, orgId: string) {
  const session = tx
    .select({ one: sql`1` })
    .from(sessions)
    .where(eq(sessions.userId, users.id))
  return tx
    .select({
      userId: users.id,
      email: users.email,
      role: organizationMembers.role,
      kit: starterKits.status,
      signedIn: sql<boolean>`${exists(session)}`,
    })
    .from(organizationMembers)
    .innerJoin(users, eq(users.id, organizationMembers.userId))
    .leftJoin(starterKits, eq(starterKits.userId, users.id))
    .where(eq(organizationMembers.orgId, orgId))
    .orderBy(organizationMembers.createdAt, users.id)
}

/** A key that works now, of whatever origin: rotated ones are as good as the first. */
export async function hasLiveKey(tx: Tx, { orgId, at }: { orgId: string; at: Date }): Promise<boolean> {
  const keys = await tx
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(eq(apiKeys.orgId, orgId), isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, at))))
    .limit(1)
  return keys.length > 0
}
