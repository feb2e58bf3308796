import type { Tx } from '@gangway/db/transaction'
import { organizationMembers, organizations, telemetryEvents } from '@gangway/db/schema'
import { and, eq } from 'drizzle-orm'
import { factId, recordFact } from './record-fact.ts'

interface FirstValue {
  orgId: string
  provider: string
  at: Date
}

/**
 * The first pipeline of an organization has succeeded: told of its owner. Of two that end at the same time, the lock on the
 * organization's row lets one be first.
 */
export async function recordFirstValue(tx: Tx, { orgId, provider, at }: FirstValue): Promise<void> {
  const [org] = await tx
    .select({ userId: organizationMembers.userId })
    .from(organizations)
    .innerJoin(organizationMembers, eq(organizationMembers.orgId, organizations.id))
    .where(and(eq(organizations.id, orgId), eq(organizationMembers.role, 'owner')))
    .orderBy(organizationMembers.createdAt)
    .for('no key update', { of: organizations })
  const known = await tx
    .select({ at: telemetryEvents.at })
    .from(telemetryEvents)
    .where(eq(telemetryEvents.id, factId('first_value', orgId)))
  if (org && known.length === 0)
    await recordFact(tx, { name: 'first_value', of: orgId, userId: org.userId, at, props: { provider } })
}
