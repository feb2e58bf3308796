import { webhookEndpoints } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { WebhookSecret } from '@gangway/schemas/webhooks'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { WebhooksContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { associatedData, ownedBy, requireCaller, type WebhookCaller } from './caller.ts'
import { endpointView } from './endpoint-view.ts'
import { newWebhookSecret } from './sign.ts'

const HOUR_MS = 3_600_000

interface RotateSecret {
  caller: WebhookCaller
  endpointId: string
  /** For how long the old secret signs beside the new one; 0 for not at all. */
  overlapHours: number
}

/**
 * Gives an endpoint another secret; the answer is its only showing. Of two rotations at once, one throws
 * DATABASE_CONFLICT: both would end the secret that the receiver knows. Throws NOT_FOUND and FORBIDDEN.
 */
export async function rotateSecret(
  ctx: WebhooksContext,
  { caller, endpointId, overlapHours }: RotateSecret,
): Promise<WebhookSecret> {
  await requireCaller(ctx, caller)
  const mine = and(eq(webhookEndpoints.id, endpointId), ownedBy(caller))
  const [before] = await ctx.db.select().from(webhookEndpoints).where(mine)
  if (!before) throw new GangwayError('NOT_FOUND')
  const secret = newWebhookSecret(ctx.ids)
  const sealed = await ctx.vault.seal(secret, associatedData(before.orgId))
  const at = ctx.clock.now()
  const overlap =
    overlapHours > 0
      ? { previousSealed: before.sealed, previousExpiresAt: new Date(at.getTime() + overlapHours * HOUR_MS) }
      : { previousSealed: null, previousExpiresAt: null }
  const row = await inTransaction(ctx.db, async (tx) => {
    const [rotated] = await tx
      .update(webhookEndpoints)
      .set({ sealed, ...overlap, secretVersion: before.secretVersion + 1 })
      .where(and(mine, eq(webhookEndpoints.secretVersion, before.secretVersion)))
      .returning()
    if (!rotated) throw new GangwayError('DATABASE_CONFLICT')
    const subject = { type: 'webhook_endpoint', id: endpointId }
    await recordAudit(tx, { actorId: caller.actorId, at, action: 'webhook.rotated', subject, detail: { overlapHours } })
    return rotated
  })
  return { endpoint: endpointView(row, at), secret }
}
