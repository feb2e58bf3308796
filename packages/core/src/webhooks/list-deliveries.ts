import { organizations, webhookDeliveries, webhookEndpoints, webhookMessages } from '@gangway/db/schema'
import { inSnapshot, type Tx } from '@gangway/db/transaction'
import type { WebhookDeliveriesFilter, WebhookDeliveriesPage } from '@gangway/schemas/webhooks'
import { and, eq, ilike, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { containing, countUpTo, EXACT_COUNT, newestFirst, newestOrder, olderThan } from '../paging/index.ts'
import { requireCaller, type WebhookCaller } from './caller.ts'
import { deliveriesOf, deliveryView, selectDeliveries } from './delivery-row.ts'

const KEYS = { time: webhookDeliveries.createdAt, id: webhookDeliveries.id }

export interface ListDeliveries {
  caller: WebhookCaller
  filter: WebhookDeliveriesFilter
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined
  limit: number
}

/** A page of deliveries, newest first. Throws NOT_FOUND, FORBIDDEN, and INPUT_INVALID for a cursor that is not of this filter. */
export async function listDeliveries(
  ctx: BaseContext,
  { caller, filter, cursor, limit }: ListDeliveries,
): Promise<WebhookDeliveriesPage> {
  await requireCaller(ctx, caller)
  const after = cursor ? newestFirst.decode(cursor, filter) : undefined
  return inSnapshot(ctx.db, async (tx) => {
    const wanted = and(deliveriesOf(caller), matching(filter))
    const rows = await selectDeliveries(tx)
      .where(and(wanted, after && olderThan(KEYS, after)))
      .orderBy(...newestOrder(KEYS))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map(deliveryView),
      nextCursor: last && rows.length > limit ? newestFirst.encode(last, filter) : null,
      count: await countUpTo(tx, capped(tx, wanted)),
    }
  })
}

function matching({ endpointId, statuses, types, text }: WebhookDeliveriesFilter): SQL | undefined {
  const pattern = text ? containing(text) : null
  return and(
    endpointId ? eq(webhookDeliveries.endpointId, endpointId) : undefined,
    statuses?.length ? inArray(webhookDeliveries.status, statuses) : undefined,
    types?.length ? inArray(webhookMessages.type, types) : undefined,
    pattern === null ? undefined : or(ilike(webhookEndpoints.url, pattern), ilike(organizations.slug, pattern)),
  )
}

function capped(tx: Tx, wanted: SQL | undefined) {
  return tx
    .select({ one: sql`1` })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .innerJoin(webhookMessages, eq(webhookMessages.id, webhookDeliveries.messageId))
    .leftJoin(organizations, eq(organizations.id, webhookEndpoints.orgId))
    .where(wanted)
    .limit(EXACT_COUNT + 1)
}
