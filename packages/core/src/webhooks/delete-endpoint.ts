import { webhookEndpoints } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { ownedBy, requireCaller, type WebhookCaller } from './caller.ts'

/** Removes an endpoint with its secret and its log; what is on its way is not sent. Throws NOT_FOUND and FORBIDDEN. */
export async function deleteEndpoint(
  ctx: BaseContext,
  { caller, endpointId }: { caller: WebhookCaller; endpointId: string },
): Promise<void> {
  await requireCaller(ctx, caller)
  await inTransaction(ctx.db, async (tx) => {
    const [gone] = await tx
      .delete(webhookEndpoints)
      .where(and(eq(webhookEndpoints.id, endpointId), ownedBy(caller)))
      .returning({ url: webhookEndpoints.url })
    if (!gone) throw new GangwayError('NOT_FOUND')
    const subject = { type: 'webhook_endpoint', id: endpointId }
    await recordAudit(tx, { actorId: caller.actorId, at: ctx.clock.now(), action: 'webhook.deleted', subject, detail: gone })
  })
}
