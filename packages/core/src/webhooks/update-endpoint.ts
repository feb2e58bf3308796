import { webhookEndpoints } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { WebhookEndpoint, WebhookEndpointFields } from '@gangway/schemas/webhooks'
import { and, eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { WebhooksContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { ownedBy, requireCaller, type WebhookCaller } from './caller.ts'
import { endpointView } from './endpoint-view.ts'

interface UpdateEndpoint {
  caller: WebhookCaller
  endpointId: string
  fields: WebhookEndpointFields
  enabled: boolean
}

/** Changes where an endpoint is, what it hears, and whether it does. Its secret stays. Throws NOT_FOUND, FORBIDDEN, ADDRESS_REFUSED. */
export async function updateEndpoint(
  ctx: WebhooksContext,
  { caller, endpointId, fields, enabled }: UpdateEndpoint,
): Promise<WebhookEndpoint> {
  await requireCaller(ctx, caller)
  ctx.webhookSender.check(fields.url)
  const at = ctx.clock.now()
  const { disabledReason, failingSince, url } = webhookEndpoints
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .update(webhookEndpoints)
      .set({
        ...fields,
        disabledReason: enabled ? null : sql`coalesce(${disabledReason}, 'person')`,
        // A new address and a new beginning have not failed yet.
        failingSince: sql`case when ${disabledReason} is null and ${url} = ${fields.url} then ${failingSince} end`,
      })
      .where(and(eq(webhookEndpoints.id, endpointId), ownedBy(caller)))
      .returning()
    if (!row) throw new GangwayError('NOT_FOUND')
    const subject = { type: 'webhook_endpoint', id: endpointId }
    const { actorId } = caller
    await recordAudit(tx, { actorId, at, action: 'webhook.updated', subject, detail: { ...fields, enabled } })
    return endpointView(row, at)
  })
}
