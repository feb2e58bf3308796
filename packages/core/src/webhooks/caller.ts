import { webhookEndpoints } from '@gangway/db/schema'
import { eq, isNull } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { requireManager } from '../organizations/index.ts'

/** Who asks, and whose endpoints they ask for. */
export interface WebhookCaller {
  actorId: string
  /** Null for the operators' own: whoever passes that has made sure that it is staff who ask. */
  orgId: string | null
}

/** Owners and admins of the organization. Throws NOT_FOUND for strangers, who learn nothing, and FORBIDDEN for members. */
export async function requireCaller(ctx: BaseContext, { actorId, orgId }: WebhookCaller): Promise<void> {
  if (orgId !== null) await requireManager(ctx, { userId: actorId, orgId })
}

/** The endpoints that the caller manages. */
export function ownedBy({ orgId }: WebhookCaller) {
  return orgId === null ? isNull(webhookEndpoints.orgId) : eq(webhookEndpoints.orgId, orgId)
}

/** What a secret is bound to in the vault. */
export function associatedData(orgId: string | null): string {
  return orgId ?? 'operators'
}
