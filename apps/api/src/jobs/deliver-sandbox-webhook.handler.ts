import { deliverSandboxWebhook } from '@gangway/adapters/sandbox-billing'
import { addresses } from '../config/config.ts'
import type { deliverSandboxWebhookJob } from './deliver-sandbox-webhook.ts'
import type { Handler } from './registry.ts'

/** The sandbox calls its own product, over HTTP and signed, as a provider would. */
export const handleDeliverSandboxWebhook: Handler<typeof deliverSandboxWebhookJob.schema> = async (
  { contexts, config },
  payload,
) => {
  const { billing } = config
  // One that was queued before somebody else took the payments has nobody to tell.
  if (billing.provider !== 'sandbox') return
  await deliverSandboxWebhook({ ...contexts.base, webhookSecret: billing.webhookSecret, apiUrl: addresses(config).api }, payload)
}
