import { organizations, webhookEndpoints } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { WebhookEndpointFields, WebhookSecret } from '@gangway/schemas/webhooks'
import { count, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { WebhooksContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { associatedData, ownedBy, requireCaller, type WebhookCaller } from './caller.ts'
import { endpointView } from './endpoint-view.ts'
import { newWebhookSecret } from './sign.ts'

const MOST = 20

/**
 * Subscribes an address to events. The answer is the only showing of its secret. Throws NOT_FOUND, FORBIDDEN,
 * ADDRESS_REFUSED and, from the 21st on, WEBHOOK_ENDPOINTS_FULL.
 */
export async function createEndpoint(
  ctx: WebhooksContext,
  { caller, fields }: { caller: WebhookCaller; fields: WebhookEndpointFields },
): Promise<WebhookSecret> {
  await requireCaller(ctx, caller)
  ctx.webhookSender.check(fields.url)
  const { orgId, actorId } = caller
  const secret = newWebhookSecret(ctx.ids)
  const sealed = await ctx.vault.seal(secret, associatedData(orgId))
  const at = ctx.clock.now()
  const row = await inTransaction(ctx.db, async (tx) => {
    // Those who add at the same time are put in a row, or they would count past each other.
    if (orgId) await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, orgId)).for('update')
    const [present] = await tx.select({ value: count() }).from(webhookEndpoints).where(ownedBy(caller))
    if ((present?.value ?? 0) >= MOST) throw new GangwayError('WEBHOOK_ENDPOINTS_FULL')
    const [created] = await tx
      .insert(webhookEndpoints)
      .values({ orgId, ...fields, sealed, createdAt: at })
      .returning()
    if (!created) throw new GangwayError('DATABASE_CONFLICT')
    const subject = { type: 'webhook_endpoint', id: created.id }
    await recordAudit(tx, { actorId, at, action: 'webhook.created', subject, detail: { orgId, ...fields } })
    return created
  })
  return { endpoint: endpointView(row, at), secret }
}
