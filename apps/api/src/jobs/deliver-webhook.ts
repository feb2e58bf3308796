import { z } from 'zod'

/** One attempt of one delivery. What the receiver does wrong is tried again by jobs of its own: these retries are for us. */
export const deliverWebhookJob = {
  name: 'webhooks.deliver',
  schema: z.object({ deliveryId: z.uuid(), attempt: z.int().positive() }),
  queue: { retryLimit: 20, retryDelay: 30, retryBackoff: true, retryDelayMax: 600 },
  // A receiver that never answers holds a place until the deadline: one with a thousand messages must not hold them all.
  places: { workers: 12, atOnce: 5, perGroup: 3 },
} as const
