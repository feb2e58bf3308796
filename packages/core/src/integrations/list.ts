import { integrationCredentials } from '@gangway/db/schema'
import type { Integration } from '@gangway/schemas/integrations'
import { asc, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { requireManager } from '../organizations/index.ts'
import { integrationView } from './integration-row.ts'

/** What an organization has connected. Throws NOT_FOUND, FORBIDDEN. */
export async function listIntegrations(ctx: BaseContext, who: { userId: string; orgId: string }): Promise<Integration[]> {
  const { orgId } = await requireManager(ctx, who)
  const rows = await ctx.db
    .select()
    .from(integrationCredentials)
    .where(eq(integrationCredentials.orgId, orgId))
    .orderBy(asc(integrationCredentials.connectedAt), asc(integrationCredentials.id))
  return rows.map(integrationView)
}
