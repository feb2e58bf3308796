import { webhookEventSchema } from '@gangway/schemas/webhooks'
import { z } from 'zod'

export const publishWebhookJob = {
  name: 'webhooks.publish',
  schema: z.object({
    messageId: z.uuid(),
    type: webhookEventSchema,
    occurredAt: z.iso.datetime(),
    orgId: z.uuid().nullable(),
    userId: z.uuid().nullable(),
    data: z.record(z.string(), z.unknown()),
  }),
  queue: { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
} as const
