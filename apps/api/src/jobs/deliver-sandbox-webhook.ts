import { z } from 'zod'

export const deliverSandboxWebhookJob = {
  name: 'sandbox.deliver-webhook',
  schema: z.object({ checkoutSessionId: z.string(), eventId: z.string(), type: z.string() }),
  queue: { retryLimit: 10, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
} as const
