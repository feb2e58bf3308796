import { publishEvent } from '@gangway/core/webhooks'
import type { publishWebhookJob } from './publish-webhook.ts'
import type { Handler } from './registry.ts'

export const handlePublishWebhook: Handler<typeof publishWebhookJob.schema> = ({ contexts }, payload) =>
  publishEvent(contexts.webhooks, payload)
