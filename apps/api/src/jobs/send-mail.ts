import { z } from 'zod'

export const sendMailJob = {
  name: 'notifications.send-mail',
  schema: z.object({ dedupeKey: z.string(), to: z.string(), subject: z.string(), text: z.string(), html: z.string() }),
  queue: { retryLimit: 10, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
} as const
