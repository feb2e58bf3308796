import { z } from 'zod'

export const ensureStarterKitJob = {
  name: 'starter.ensure',
  schema: z.object({ userId: z.uuid() }),
  queue: { retryLimit: 10, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
} as const
