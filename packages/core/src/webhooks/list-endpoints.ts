import { webhookEndpoints } from '@gangway/db/schema'
import type { WebhookEndpoint } from '@gangway/schemas/webhooks'
import { asc } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { ownedBy, requireCaller, type WebhookCaller } from './caller.ts'
import { endpointView } from './endpoint-view.ts'

/** Oldest first. Throws NOT_FOUND and FORBIDDEN. */
export async function listEndpoints(ctx: BaseContext, { caller }: { caller: WebhookCaller }): Promise<WebhookEndpoint[]> {
  await requireCaller(ctx, caller)
  const rows = await ctx.db
    .select()
    .from(webhookEndpoints)
    .where(ownedBy(caller))
    .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id))
  return rows.map((row) => endpointView(row, ctx.clock.now()))
}
