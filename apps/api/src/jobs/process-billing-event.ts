import { z } from 'zod'

export const processBillingEventJob = {
  name: 'billing.process-event',
  schema: z.object({ eventId: z.string() }),
  queue: { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
} as const
