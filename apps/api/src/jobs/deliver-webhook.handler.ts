import { deliverMessage } from '@gangway/core/webhooks'
import type { deliverWebhookJob } from './deliver-webhook.ts'
import type { Handler } from './registry.ts'

export const handleDeliverWebhook: Handler<typeof deliverWebhookJob.schema> = ({ contexts }, payload) =>
  deliverMessage(contexts.webhooks, payload)
