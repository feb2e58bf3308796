import { z } from 'zod'

export const examineOrganizationsJob = {
  name: 'organizations.examine',
  schema: z.object({}),
  queue: { retryLimit: 2, retryDelay: 600, expireInSeconds: 6 * 60 * 60 },
  /** Every night, UTC. */
  cron: '20 2 * * *',
} as const
