import { z } from 'zod'

export const checkIntegrationJob = {
  name: 'integrations.check',
  schema: z.object({ integrationId: z.uuid() }),
  queue: { retryLimit: 5, retryDelay: 10, retryBackoff: true, retryDelayMax: 600 },
} as const
