import { organizationMembers, organizations, webhookEndpoints } from '@gangway/db/schema'
import { and, eq, isNull, ne } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

/** Who asks, and whose endpoints they ask for. */
export interface WebhookCaller {
  actorId: string
  /** Null for the operators' own: whoever passes that has made sure that it is staff who ask. */
  orgId: string | null
}

/** Owners and admins of the organization. Throws NOT_FOUND for strangers, who learn nothing, and FORBIDDEN for members. */
export async function requireManager(ctx: BaseContext, { actorId, orgId }: WebhookCaller): Promise<void> {
  if (orgId === null) return
  const [membership] = await ctx.db
    .select({ role: organizationMembers.role })
    .from(organizationMembers)
    .innerJoin(organizations, eq(organizations.id, organizationMembers.orgId))
    .where(
      and(eq(organizationMembers.orgId, orgId), eq(organizationMembers.userId, actorId), ne(organizations.status, 'abandoned')),
    )
  if (!membership) throw new GangwayError('NOT_FOUND')
  if (membership.role === 'member') throw new GangwayError('FORBIDDEN')
}

/** The endpoints that the caller manages. */
export function ownedBy({ orgId }: WebhookCaller) {
  return orgId === null ? isNull(webhookEndpoints.orgId) : eq(webhookEndpoints.orgId, orgId)
}

/** What a secret is bound to in the vault. */
export function associatedData(orgId: string | null): string {
  return orgId ?? 'operators'
}
