import { organizations, webhookDeliveries, webhookEndpoints, webhookMessages } from '@gangway/db/schema'
import type { Db } from '@gangway/db/client'
import type { Tx } from '@gangway/db/transaction'
import type { WebhookDelivery } from '@gangway/schemas/webhooks'
import { and, eq, type SQL } from 'drizzle-orm'
import { GangwayError } from '../errors/index.ts'
import { microsOf } from '../paging/index.ts'
import type { WebhookCaller } from './caller.ts'
import { webhookId } from './sign.ts'

/** The deliveries that a caller sees: an organization its own, staff all. */
export function deliveriesOf({ orgId }: WebhookCaller): SQL | undefined {
  return orgId === null ? undefined : eq(webhookEndpoints.orgId, orgId)
}

export function selectDeliveries(db: Db | Tx) {
  const { id, endpointId, messageId, status, attempts, lastStatus, lastError, nextAttemptAt, createdAt } = webhookDeliveries
  return db
    .select({
      ...{ id, endpointId, messageId, status, attempts, lastStatus, lastError, nextAttemptAt, createdAt },
      ...{ url: webhookEndpoints.url, disabledReason: webhookEndpoints.disabledReason },
      ...{ orgId: webhookEndpoints.orgId, orgSlug: organizations.slug },
      ...{ type: webhookMessages.type, body: webhookMessages.body },
      micros: microsOf(createdAt),
    })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, endpointId))
    .innerJoin(webhookMessages, eq(webhookMessages.id, messageId))
    .leftJoin(organizations, eq(organizations.id, webhookEndpoints.orgId))
    .$dynamic()
}

type Row = Awaited<ReturnType<typeof selectDeliveries>>[number]

export function deliveryView({
  messageId,
  body: _body,
  micros: _position,
  disabledReason: _reason,
  ...row
}: Row): WebhookDelivery {
  return { ...row, messageId: webhookId(messageId) }
}

/** Throws NOT_FOUND for a delivery that is not in sight. */
export async function readDelivery(db: Db | Tx, visible: SQL | undefined, deliveryId: string) {
  const [row] = await selectDeliveries(db).where(and(eq(webhookDeliveries.id, deliveryId), visible))
  if (!row) throw new GangwayError('NOT_FOUND')
  return { delivery: deliveryView(row), body: row.body, disabled: row.disabledReason !== null }
}
