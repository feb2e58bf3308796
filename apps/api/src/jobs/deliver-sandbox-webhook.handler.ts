import { deliverSandboxWebhook } from '@gangway/adapters/sandbox-billing'
import { addresses } from '../config/config.ts'
import type { deliverSandboxWebhookJob } from './deliver-sandbox-webhook.ts'
import type { Handler } from './registry.ts'

/** The sandbox calls its own product, over HTTP and signed, as a provider would. */
export const handleDeliverSandboxWebhook: Handler<typeof deliverSandboxWebhookJob.schema> = ({ contexts, config }, payload) => {
  const { webhookSecret } = config.billing
  return deliverSandboxWebhook({ ...contexts.base, webhookSecret, apiUrl: addresses(config).api }, payload)
}
