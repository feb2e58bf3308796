import { organizationMembers, users, webhookEndpoints } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { WEB_LINKS } from '@gangway/schemas/links'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { WebhooksContext } from '../context.ts'
import { endpointDisabledMail } from '../notifications/index.ts'
import type { EndpointRow } from './endpoint-view.ts'

interface Disable {
  endpoint: EndpointRow
  reason: 'failing' | 'gone'
}

/** Turns an endpoint off and tells its people, once, however many deliveries find it dead at the same time. */
export async function disableEndpoint(ctx: WebhooksContext, tx: Tx, { endpoint, reason }: Disable): Promise<void> {
  const { id, disabledReason } = webhookEndpoints
  const [disabled] = await tx
    .update(webhookEndpoints)
    .set({ disabledReason: reason })
    .where(and(eq(id, endpoint.id), isNull(disabledReason)))
    .returning({ id })
  if (!disabled) return
  const at = ctx.clock.now()
  const subject = { type: 'webhook_endpoint', id: endpoint.id }
  await recordAudit(tx, { actorId: null, at, action: 'webhook.disabled', subject, detail: { reason, url: endpoint.url } })
  const { webUrl, adminUrl } = ctx.settings
  const page = endpoint.orgId ? webUrl + WEB_LINKS.webhooks() : `${adminUrl}/webhooks`
  const mail = endpointDisabledMail({ url: endpoint.url, reason, page })
  const people = endpoint.orgId ? await managersOf(tx, endpoint.orgId) : await staff(tx)
  const jobs = people.map(({ userId, email }) => {
    const dedupeKey = `webhook-disabled:${endpoint.id}:${at.getTime()}:${userId}`
    return { name: 'notifications.send-mail', payload: { dedupeKey, to: email, ...mail } } as const
  })
  if (jobs.length > 0) await ctx.jobs.enqueueAll(tx, jobs)
}

function managersOf(tx: Tx, orgId: string) {
  return tx
    .select({ userId: users.id, email: users.email })
    .from(organizationMembers)
    .innerJoin(users, eq(users.id, organizationMembers.userId))
    .where(and(eq(organizationMembers.orgId, orgId), inArray(organizationMembers.role, ['owner', 'admin'])))
}

function staff(tx: Tx) {
  return tx.select({ userId: users.id, email: users.email }).from(users).where(eq(users.role, 'admin'))
}
