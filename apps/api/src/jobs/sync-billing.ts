import { z } from 'zod'

export const syncBillingJob = {
  name: 'billing.sync',
  schema: z.object({}),
  queue: { retryLimit: 5, retryDelay: 300, retryBackoff: true, expireInSeconds: 6 * 60 * 60 },
  /** Every night, UTC. */
  cron: '40 3 * * *',
} as const
