import { z } from 'zod'

export const exportNightlyJob = {
  name: 'exports.nightly',
  schema: z.object({}),
  queue: { retryLimit: 5, retryDelay: 300, retryBackoff: true, expireInSeconds: 6 * 60 * 60, heartbeatSeconds: 60 },
  /** Every hour: a day that waits for late completions goes out as soon as they are there. */
  cron: '10 * * * *',
} as const
