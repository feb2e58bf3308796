import type { webhookEndpoints } from '@gangway/db/schema'
import type { WebhookEndpoint } from '@gangway/schemas/webhooks'

export type EndpointRow = typeof webhookEndpoints.$inferSelect

/** An endpoint as people see it: without its secrets. */
export function endpointView(row: EndpointRow, now: Date): WebhookEndpoint {
  const { id, orgId, url, description, events, disabledReason, failingSince, previousExpiresAt, createdAt } = row
  const previousSecretUntil = previousExpiresAt && previousExpiresAt > now ? previousExpiresAt : null
  return { id, orgId, url, description, events, disabledReason, failingSince, previousSecretUntil, createdAt }
}
